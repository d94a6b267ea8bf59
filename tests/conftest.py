"""What all tests share. Without services the tests that need one are skipped; with INTERURBAN_ALL=1 that fails."""

import gc
import os

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_socket import disable_socket, socket_allow_hosts

from config.gunicorn import settle
from tests import database, factories


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("PYTEST_RUNNING", "1")


def pytest_collection_finish(session: pytest.Session) -> None:
    """As in the server, collections leave out what stays; and they are rarer: they were a twelfth of a run."""
    settle()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No network: this machine's own services where the settings name some, otherwise nothing."""
    if item.get_closest_marker("elasticsearch") or item.get_closest_marker("journey"):
        return
    if "CACHE_URL" in os.environ:
        socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
    else:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Django's test database, from a copy of one that the migrations made before."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock(), database.prepared():
        databases = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _english():
    # A request in French leaves its language behind in the thread.
    with translation.override("en"):
        yield


@pytest.fixture
def index(db):
    """The list of municipalities, below a home page that is the site's root."""
    from members.loading import prepare_site

    return prepare_site()


@pytest.fixture
def municipality(index):
    return factories.make_municipality(index, "Town of Innisfil")


@pytest.fixture
def other_municipality(index):
    return factories.make_municipality(index, "Town of Whitby")


@pytest.fixture
def area(db):
    return factories.make_area()


@pytest.fixture
def case_study(municipality, area):
    return factories.make_case_study(municipality, area)


@pytest.fixture
def playbook(municipality, area):
    return factories.make_playbook(municipality, area)


@pytest.fixture
def queued(settings, monkeypatch):
    """Tasks wait in the database until `core.tasks.run_ready` runs them."""
    backend = "django_tasks_db.DatabaseBackend"
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": backend}}
    # Between two tasks a worker drops connections; here that would end the test's own transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
