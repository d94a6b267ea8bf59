"""The results on a map."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_case_study, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns(index, area):
    """Many results in the south, one in the north, and one nobody knows where."""
    south = make_municipality(index, "Town of South", latitude=43.5, longitude=-79.7)
    north = make_municipality(index, "Town of North", latitude=49.7, longitude=-83.7)
    nowhere = make_municipality(index, "Town of Nowhere")
    make_municipality(index, "Town of Empty", latitude=46.0, longitude=-81.0)
    for number in range(25):
        make_case_study(south, area, title=f"Plow {number}", slug=f"plow-{number}")
    make_case_study(north, area, title="Plow north")
    make_case_study(nowhere, area, title="Plow nowhere")
    return south, north, nowhere


@pytest.fixture
def get(client, indexed, towns):
    indexed()
    return lambda address, language="en": client.get(f"/{language}/search/?view=map&{address}")


def test_map_counts_all_results_and_not_the_page(get):
    drawn = get("q=plow").context["map"]
    assert [(row.name, row.count) for row in drawn.rows] == [("South", 25), ("North", 1), ("Nowhere", 1)]
    assert [place.name for place in drawn.places] == ["South", "North"]
    assert drawn.others.count("M") == 1


def test_map_has_north_above_and_more_results_larger(get):
    south, north = get("q=plow").context["map"].places
    assert north.y < south.y
    assert north.x < south.x
    assert south.radius > north.radius
    assert all(0 < place.x < 800 and 0 < place.y < 560 for place in (south, north))


def test_map_leads_to_the_results_of_a_town(get, client):
    place = get("q=plow&stage=pilot").context["map"].places[1]
    assert place.url == f"{reverse('search:results')}?q=plow&stage=pilot&municipality=town-of-north"
    assert client.get(place.url).context["results"].total == 1


def test_map_keeps_the_siblings_of_a_chosen_town(get):
    drawn = get("q=plow&municipality=town-of-north").context["map"]
    assert {place.name: place.selected for place in drawn.places} == {"South": False, "North": True}
    assert "view=map" in drawn.places[1].url


def test_map_says_the_same_in_a_table_and_has_no_decimal_commas(get):
    html = get("q=plow", "fr").content.decode()
    assert html.count('<th scope="row">') == 3
    svg = html[html.index('<svg class="result-map') : html.index("result-map__table")]
    assert not re.search(r'(cx|cy|x|y|r|width|height)="[-\d]+,', svg)


def test_map_without_results_is_no_map(get):
    response = get("q=zzzzqqq")
    assert response.context["map"] is None
    assert "Nothing was found" in response.content.decode()


def test_views_are_kept_in_the_addresses(get, client):
    response = client.get("/en/search/?q=plow&view=cards&stage=pilot")
    assert [option.value for option in response.context["view_options"] if option.selected] == ["cards"]
    assert "view=cards" in response.context["chips"][0].remove_url
    assert '<input type="hidden" name="view" value="cards">' in response.content.decode()


def test_htmx_is_told_an_address_without_empty_fields(get, client):
    address = "/en/search/?q=plow&population_min=&year_max=&view=cards"
    response = client.get(address, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == "/en/search/?q=plow&view=cards"
