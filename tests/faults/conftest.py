"""Faults are brought about on a server of their own, with a database that really commits.

They take minutes and need Java; `script/test --all` runs them, one after the other.
"""

import os
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from search import comparing, pool, readers
from search.rebuilding import rebuild
from tests.database import start_from_copy
from tests.faults.servers import Elastic, Proxy
from tests.faults.site import Site
from tests.faults.world import World, forget_trouble

ALL = os.environ.get("INTERURBAN_ALL") == "1"
ITEMS = int(os.environ.get("FAULTS_ITEMS", "5000"))


def pytest_collection_modifyitems(items):
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.fault)
            item.add_marker(pytest.mark.elasticsearch)
            item.add_marker(pytest.mark.enable_socket)
            if not (ALL or os.environ.get("ELASTICSEARCH_URL")):
                item.add_marker(pytest.mark.skip("ELASTICSEARCH_URL is not set"))


@pytest.fixture(scope="session")
def database(django_test_environment, django_db_blocker, tmp_path_factory):
    """A database for this folder, outside the tests' usual transactions.

    Threads need real commits: an SQLite database lies in a file, not in memory.
    """
    settings = connections["default"].settings_dict
    in_a_file = connection.vendor == "sqlite"
    if in_a_file:
        path = tmp_path_factory.mktemp("database") / "faults.sqlite3"
        start_from_copy(path)
        settings["TEST"]["NAME"] = str(path)
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], keepdb=in_a_file)
        yield
        teardown_databases(made, verbosity=0, keepdb=in_a_file)


@pytest.fixture(scope="session")
def elastic() -> Iterator[Elastic]:
    """A server that tests may kill; they leave it running."""
    server = Elastic()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def proxy(elastic) -> Iterator[Proxy]:
    proxy = Proxy(elastic.port)
    yield proxy
    proxy.refuse()


@pytest.fixture(scope="session")
def world(database) -> World:
    """Made once; what one test does to it, the next one lives with."""
    return World(ITEMS)


@pytest.fixture(scope="session")
def names(tmp_path_factory) -> dict[str, object]:
    """One installation for all tests: they leave its indexes as the database is."""
    return {
        "SEARCH_INDEX_PREFIX": f"fault{uuid.uuid4().hex[:10]}",
        "SEARCH_INDEX_DIR": tmp_path_factory.mktemp("search"),
        "SEARCH_TIMEOUT_SECONDS": 1.5,
    }


@pytest.fixture
def installation(world, elastic, proxy, names, settings):
    """Both engines, equal to the database, Elasticsearch behind the proxy."""
    proxy.behave()
    proxy.listen()
    for name, value in {**names, "ELASTICSEARCH_URL": proxy.url}.items():
        setattr(settings, name, value)
    forget_trouble()
    readers.catch_up()
    for engine in pool.engines():
        if comparing.compare(engine).keys():
            rebuild(engine)
    yield settings
    proxy.behave()
    proxy.listen()
    forget_trouble()


@pytest.fixture
def site(installation, tmp_path) -> Iterator[Site]:
    """The site itself, served by gunicorn with two processes."""
    site = Site(installation, tmp_path)
    yield site
    site.stop()
