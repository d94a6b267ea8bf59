"""The list of municipalities: by place, size and tier, on a map, and those like one of them."""

import pytest

from members.models import Region
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/municipalities/"


@pytest.fixture
def towns(index):
    simcoe, durham = (Region.objects.create(name=name, slug=name.lower()) for name in ("Simcoe", "Durham"))
    made = {}
    for name, tier, population, region, latitude in (
        ("Innisfil", "lower", 43_000, simcoe, 44.3),
        ("Bradford", "lower", 42_000, simcoe, 44.1),
        ("Essa", "lower", 22_000, simcoe, 44.2),
        ("Whitby", "lower", 138_000, durham, 43.9),
        ("Orillia", "separated", 33_000, simcoe, 44.6),
        ("Timmins", "single", 41_000, None, 48.5),
    ):
        made[name] = factories.make_municipality(
            index, f"Town of {name}", tier=tier, population=population, region=region,
            latitude=latitude, longitude=-79.6 + len(made) / 10,
        )  # fmt: skip
    factories.make_municipality(index, "Library Board of Innisfil", tier="none", title="Board", region=simcoe)
    return made


def names(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [town.title for town in response.context["municipalities"]]


def test_like_mine_says_why_and_the_likest_come_first(client, towns):
    response = client.get(LIST, {"like": "town-of-innisfil"})
    assert names(client, like="town-of-innisfil") == ["Bradford", "Essa", "Orillia", "Timmins"]
    reasons = response.context["peers"]
    assert reasons[towns["Bradford"].pk] == (
        "similar population: 42,000",
        "same tier: lower-tier",
        "same region: Simcoe",
    )
    assert reasons[towns["Timmins"].pk] == ("similar population: 41,000",)
    assert reasons[towns["Essa"].pk] == ("same tier: lower-tier", "same region: Simcoe")
    page = response.content.decode()
    assert "similar population: 42,000" in page
    assert "Density is not compared" in page


def test_a_separated_town_is_like_a_single_tier_one(client, towns):
    assert names(client, like="town-of-orillia")[0] == "Timmins"


def test_narrowing_and_likeness_together(client, towns):
    assert names(client, like="town-of-innisfil", region="simcoe") == ["Bradford", "Essa", "Orillia"]


def test_what_nobody_knows_is_ignored(client, towns):
    assert len(names(client, like="never\x00was", view="\x00", page="x")) == 7


def test_members_get_the_way_to_theirs(client, towns):
    assert "?like=" not in client.get(LIST).content.decode()
    client.force_login(factories.make_person(municipality=towns["Essa"]))
    assert "?like=town-of-essa" in client.get(LIST).content.decode()


def test_the_map_has_a_table_that_says_the_same(client, towns):
    response = client.get(LIST, {"view": "map", "region": "simcoe", "tier": "lower"})
    (section,) = response.context["map"]
    assert {place.name for place in section.context["map"].places} == {"Innisfil", "Bradford", "Essa"}
    page = response.content.decode()
    for name in ("Innisfil", "Bradford", "Essa"):
        assert page.count(f"/en/municipalities/town-of-{name.lower()}/") == 2, "a dot and a row"
    assert "town-of-whitby" not in page
    assert "43,000" in page


def test_unpublished_municipalities_are_nowhere(client, towns):
    towns["Bradford"].unpublish()
    for query in ({}, {"view": "map"}, {"like": "town-of-innisfil"}, {"like": "town-of-bradford"}):
        assert "Bradford" not in client.get(LIST, query).content.decode()
