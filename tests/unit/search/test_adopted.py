"""What the search says of adoptions follows their audience, and stays right after each change."""

import pytest
from django.core.cache import cache

from adoptions import actions
from adoptions.models import Adoption
from members.roles import actions as roles
from search import readers
from tests import factories
from tests.unit.adoptions.test_declaring import SAID

pytestmark = pytest.mark.django_db


@pytest.fixture
def declarer(settings, tmp_path, other_municipality):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "search", ""
    admin = factories.make_person("root@example.org", is_superuser=True)
    person = factories.make_person("cam@example.org", first_name="Cam", municipality=other_municipality)
    roles.name_role(by=admin, person=person, municipality=other_municipality, role="publisher")
    return person


def seen(client):
    """Whether the facet, the hit's count, and (where there is one) the order by adoptions know of it."""
    readers.catch_up()
    cache.clear()
    results = client.get("/en/search/", {"q": "plow"}).context["results"]
    facet = {bucket.value for each in results.facets if each.name == "adopted_by" for bucket in each.buckets}
    ordered = client.get("/en/search/", {"q": "plow", "sort": "adopted"}).context["results"].hits
    (hit,) = [hit for hit in results.hits if hit.title == "Autonomous sidewalk snow plow"]
    count = hit.facts["adoptions"]
    return "town-of-whitby" in facet, count, bool(count) and ordered[0].title == hit.title


def test_facet_count_and_order_follow_every_change(client, declarer, municipality, area, case_study):
    # Something else to be put in order with it.
    factories.make_case_study(municipality, area, title="Plow two", slug="plow-two")
    assert seen(client) == (False, 0, False)

    def declare(**said):
        known = Adoption.objects.first()
        actions.declare(
            by=declarer, source_id=case_study.pk, said={**SAID, **said}, seen=actions.stamp(known)
        )

    declare()
    assert seen(client) == (True, 1, True)
    declare(audience="members")
    assert seen(client) == (False, 0, False)
    client.force_login(declarer)
    # A count for some would betray it to the others: the index knows what is public only.
    assert seen(client) == (False, 0, False)
    declare(audience="public")
    assert seen(client) == (True, 1, True)
    declare(state="stopped", reason="Too dear.", since=SAID["since"])
    assert seen(client) == (False, 0, False)
    declare(state="live")
    assert seen(client) == (True, 1, True)
    actions.erase(by=declarer, adoption=Adoption.objects.get())
    assert seen(client) == (False, 0, False)
