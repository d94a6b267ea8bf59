"""What ranks besides words, and how much it may weigh."""

import pytest

from search.boosts import MOST_WORDS, gently
from search.nodes import AtLeast, Has, Match
from search.service import search
from search.values import SearchRequest
from tests import factories

NOW = 1_800_000_000


def points(words, *, current=False):
    steps = gently(Match("title_en", "snow"), words, NOW).extra
    return sum(step.score for step in steps if isinstance(step, Has) == current)


def test_points_grow_with_the_query_and_are_bounded():
    assert points(1) < points(1, current=True) <= 1, "nothing else outweighs being retired"
    assert points(2) == pytest.approx(2 * points(1))
    assert points(500) == points(MOST_WORDS)


def test_dates_count_by_the_day():
    def dates(now):
        nodes = gently(Match("title_en", "snow"), 1, now).extra
        return [step.floor for step in nodes if isinstance(step, AtLeast) and step.number != "adoptions"]

    assert dates(NOW) == dates(NOW + 60)
    assert dates(NOW) != dates(NOW + 86_400)


@pytest.mark.django_db
def test_like_mine_is_an_order_for_members_of_a_municipality(
    client, municipality, other_municipality, indexed
):
    for number, town in enumerate((municipality, other_municipality)):
        town.population = (2_000, 300_000)[number]
        town.save()
        factories.make_case_study(town, title="Snow", slug=f"s{number}")
    indexed()
    person = factories.make_person(municipality=other_municipality)
    assert "like-mine" not in client.get("/en/search/?q=snow").content.decode()
    client.force_login(person)
    response = client.get("/en/search/?q=snow&sort=like-mine&kind=case_study")
    assert [hit.facts["municipality"] for hit in response.context["results"].hits] == ["Whitby", "Innisfil"]
    assert "sort=like-mine" in response.content.decode()


@pytest.mark.django_db
def test_like_mine_of_somebody_without_a_municipality_is_best_match(client, case_study, indexed):
    indexed()
    response = client.get("/en/search/?q=snow&sort=like-mine")
    assert response.context["results"].request.sort == "relevance"
    assert search(SearchRequest("snow", sort="like-mine"), response.wsgi_request.reader).total == 1
