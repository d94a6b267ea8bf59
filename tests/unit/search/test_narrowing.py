"""Ways to narrow a search: areas and sub-areas, ranges, adopters, peers."""

import pytest
from django.urls import reverse

from adoptions.models import State
from library.models import ServiceArea
from members.models import Region
from search import areas
from tests.factories import (
    make_adoption,
    make_area,
    make_case_study,
    make_municipality,
    make_person,
    make_playbook,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads(db):
    return make_area("TRN", label_en="Roads", label_fr="Routes")


@pytest.fixture
def area(roads):
    return make_area(parent=roads)


@pytest.fixture
def transit(roads):
    return make_area("TRN-01", label_en="Transit", label_fr="Transport", parent=roads)


@pytest.fixture
def get(client, indexed):
    def get(address=""):
        indexed()
        return client.get(f"{reverse('search:browse')}?{address}")

    return get


def titles(response):
    return {hit.title for hit in response.context["results"].hits}


def buckets(response, name):
    facets = {facet.name: facet for facet in response.context["results"].facets}
    return [(b.label, b.count, b.depth) for b in facets[name].buckets] if name in facets else []


def chips(response):
    return [chip.label for chip in response.context["chips"]]


def test_areas_show_their_sub_areas_with_counts(get, municipality, area, transit):
    make_case_study(municipality, area, title="Plow")
    make_case_study(municipality, transit, title="Bus", slug="bus")
    expected = [("Roads", 2, 0), ("Transit", 1, 1), ("Winter maintenance", 1, 1)]
    assert buckets(get(), "service_area") == expected


def test_areas_fold_what_nobody_chose_when_they_are_many(get, municipality, roads, area):
    make_case_study(municipality, area, title="Plow")
    for number in range(9):
        other = make_area(f"FIN-{number}", label_en=f"Money {number}", label_fr=f"Argent {number}")
        make_case_study(municipality, other, title=f"Money {number}", slug=f"money-{number}")
    assert ("Winter maintenance", 1, 1) not in buckets(get(), "service_area")
    for chosen in (roads, area):
        assert ("Winter maintenance", 1, 1) in buckets(get(f"service_area={chosen.slug}"), "service_area")


def test_areas_that_an_index_does_not_know_as_sub_areas_yet_do_no_harm(
    get, municipality, roads, area, indexed
):
    alone = make_area("FIN-01", label_en="Money", label_fr="Argent")
    make_case_study(municipality, alone, title="Budget")
    indexed()
    ServiceArea.objects.filter(pk=alone.pk).update(parent=roads)
    assert get().status_code == 200


def test_areas_chosen_below_narrow_the_area_above(get, municipality, roads, area, transit):
    make_case_study(municipality, area, title="Plow")
    make_case_study(municipality, transit, title="Bus", slug="bus")
    assert titles(get(f"service_area={roads.slug}")) == {"Plow", "Bus"}
    both = get(f"service_area={roads.slug}&service_area={area.slug}")
    assert titles(both) == {"Plow"}
    assert chips(both) == ["Roads", "Winter maintenance"]
    assert areas.narrowest((transit.slug, area.slug)) == (transit.slug, area.slug)


def test_ranges_limit_by_population_and_year(get, index, area):
    small = make_municipality(index, "Village of Small", population=900)
    large = make_municipality(index, "City of Large", population=90_000)
    make_case_study(small, area, title="Old and small", slug="a", started="2015-05-01")
    make_case_study(large, area, title="New and large", slug="b", started="2024-05-01")
    assert titles(get("population_min=1,000")) == {"New and large"}
    assert titles(get("year_max=2020")) == {"Old and small"}
    limited = get("population_min=500&population_max=1000&year_min=2014")
    assert titles(limited) == {"Old and small"}
    assert chips(limited) == ["Population: 500 to 1,000", "Year: from 2014"]
    assert "year_min=2014" not in limited.context["chips"][1].remove_url
    assert 'name="population_max"' in limited.content.decode()
    assert buckets(get(), "year") == [("2024", 1, 0), ("2015", 1, 0)]


def test_ranges_that_find_nothing_can_be_taken_back(get, case_study):
    nothing = get("population_min=5")
    assert nothing.context["results"].total == 0
    assert chips(nothing) == ["Population: from 5"]
    assert 'value="5"' in nothing.content.decode()


def test_costs_files_and_verdicts_are_facets(get, municipality, area):
    make_case_study(municipality, area, title="Dear", slug="a", setup_cost="over-1m", yearly_cost="none")
    make_case_study(
        municipality,
        area,
        title="Failed",
        slug="b",
        verdict="did-not-work",
        repository="https://example.org/",
    )
    make_playbook(municipality, area, title="Cheap", cost_band="under-10k")
    assert buckets(get(), "setup_cost") == [("under 10,000", 1, 0), ("over 1 million", 1, 0)]
    assert titles(get("setup_cost=under-10k")) == {"Cheap"}
    assert titles(get("yearly_cost=none")) == {"Dear"}
    assert titles(get("has=source-code")) == {"Failed"}
    quick = {option.value: option for option in get().context["quick_options"]}
    assert (quick["did-not-work"].count, quick["did-not-work"].selected) == (1, False)
    assert "verdict=did-not-work" in quick["did-not-work"].url


def test_adopters_are_those_who_say_so_in_public(get, case_study, other_municipality, municipality, index):
    quiet = make_municipality(index, "City of Barrie")
    idle = make_municipality(index, "City of Orillia")
    make_adoption(other_municipality, case_study)
    make_adoption(quiet, case_study, audience="members")
    make_adoption(idle, case_study, state=State.DECLINED)
    assert buckets(get(), "adopted_by") == [("Whitby", 1, 0)]
    assert titles(get(f"adopted_by={other_municipality.slug}")) == {case_study.title}
    assert titles(get(f"adopted_by={quiet.slug}")) == set()
    hit = get().context["results"].hits[0]
    assert hit.facts["adopters"] == ["Whitby"]


def test_adopters_of_hidden_items_are_hidden(get, case_study, other_municipality):
    make_adoption(other_municipality, case_study)
    case_study.audience = "members"
    case_study.save()
    assert buckets(get(), "adopted_by") == []


def test_adopters_are_found_under_their_new_name(get, case_study, other_municipality):
    make_adoption(other_municipality, case_study)
    get()
    other_municipality.title = "Greater Whitby"
    other_municipality.slug = "greater-whitby"
    other_municipality.save_revision().publish()
    assert buckets(get(), "adopted_by") == [("Greater Whitby", 1, 0)]
    assert get().context["results"].hits[0].facts["adopters"] == ["Greater Whitby"]


@pytest.fixture
def towns(index, area):
    """One project of each of three towns besides our own."""
    north = Region.objects.create(name="North", slug="north")
    own = make_municipality(index, "Town of Own", population=20_000, tier="lower", region=north)
    alike = {
        "Alike": (30_000, "lower", None),
        "Near": (900, "upper", north),
        "Other": (30_000, "upper", None),
    }
    for name, (population, tier, region) in alike.items():
        town = make_municipality(index, f"Town of {name}", population=population, tier=tier, region=region)
        make_case_study(town, area, title=name, slug=name.lower())
    return own


def test_like_mine_means_of_its_size_and_tier_or_in_its_region(get, client, towns):
    client.force_login(make_person(municipality=towns))
    assert "mine" in {option.value for option in get().context["quick_options"]}
    narrowed = get("like=mine")
    assert titles(narrowed) == {"Alike", "Near"}
    assert narrowed.context["results"].total == 2
    assert chips(narrowed) == ["Municipalities like mine"]


def test_like_mine_is_for_people_of_municipalities(get, client, towns, index):
    assert titles(get("like=mine")) == {"Alike", "Near", "Other"}
    nowhere = make_municipality(index, "Hamlet of Nowhere", tier="none")
    client.force_login(make_person(municipality=nowhere))
    response = get("like=mine")
    assert titles(response) == {"Alike", "Near", "Other"}
    assert chips(response) == []
    assert "mine" not in {option.value for option in response.context["quick_options"]}
