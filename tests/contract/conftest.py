"""What several contract tests stand on."""

import os
import uuid

import pytest

from members.groups import actions as groups
from members.roles import actions as roles
from search import pool
from tests import factories
from tests.contract.search_engines import ENGINES, new_engine


@pytest.fixture(params=ENGINES)
def installation(request, settings, tmp_path):
    """An installation in which one engine answers, each engine in turn."""
    engine = new_engine(request.param, tmp_path)  # skips or fails without a server
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"] if engine.name == "elasticsearch" else ""
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_TIMEOUT_SECONDS = 30
    pool.breaker.cache_clear()
    yield engine.name
    pool.breaker.cache_clear()
    if settings.ELASTICSEARCH_URL:
        pool.elasticsearch().destroy()


@pytest.fixture
def town(index):
    return factories.make_municipality(index, "Town of Innisfil")


@pytest.fixture
def elsewhere(index):
    from members.models import Region

    region = Region.objects.create(name="Durham", slug="durham")
    return factories.make_municipality(index, "Town of Whitby", region=region)


@pytest.fixture
def group(elsewhere):
    return factories.make_group(factories.make_person("lead@example.org", municipality=elsewhere))


@pytest.fixture
def cast(town, elsewhere, group, settings, tmp_path):
    """Everybody; each may sign in."""
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "search", ""

    def person(name, municipality, **fields):
        return factories.make_person(
            f"{name}@example.org", first_name=name, municipality=municipality, **fields
        )

    admin = person("root", None, is_superuser=True)
    everybody = {name: person(name, elsewhere) for name in ("member-elsewhere", "in-the-group", "removed")}
    everybody |= {"member-here": person("member-here", town), "unverified": person("unverified", None)}
    everybody |= {name: person(name, None) for name in ("moderator", "coordinator")}
    everybody["leads-another-group"] = person("leads-another-group", elsewhere)
    factories.make_group(everybody["leads-another-group"], name="Bridges")
    for name in ("in-the-group", "removed"):
        factories.add_to_group(group, everybody[name])
    roles.name_moderator(by=admin, person=everybody["moderator"])
    roles.name_coordinator(by=admin, person=everybody["coordinator"], region=elsewhere.region)
    return everybody


@pytest.fixture
def sign_in(client, cast, group):
    def sign_in(name):
        client.logout()
        if name in cast:
            client.force_login(cast[name])
        if name == "removed":
            # They had the group's page open, and are put out while their session goes on.
            assert client.get(group.get_absolute_url()).status_code == 200
            groups.remove(by=group.memberships.leads().first().person, group=group, person=cast[name])
        return client

    return sign_in
