"""What ranks besides words, and how much it may weigh."""

import pytest

from search import steps
from search.boosts import MOST_WORDS, YEAR, gently
from search.nodes import Match
from search.service import search
from search.values import SearchRequest
from tests import factories

NOW = 1_800_000_000


def points(words, *, current=False):
    extra = gently(Match("title_en", "snow"), words, NOW).extra
    return sum(step.score for step in extra if (step.facet == "current") == current)


def test_points_grow_with_the_query_and_are_bounded():
    assert points(1) < points(1, current=True) <= 1, "nothing else outweighs being retired"
    assert points(2) == pytest.approx(2 * points(1))
    assert points(500) == points(MOST_WORDS)


def test_dates_count_by_the_quarter():
    def dates(now):
        extra = gently(Match("title_en", "snow"), 1, now).extra
        return [step.values for step in extra if step.facet.endswith("_since")]

    assert dates(NOW) == dates(NOW + 60)
    assert dates(NOW) != dates(NOW + YEAR // 4)


def test_a_year_reaches_back_to_the_beginning_of_a_quarter():
    new_years_eve = 1_798_675_200
    a_year_ago = steps.quarter(new_years_eve - YEAR)
    assert (steps.quarter(new_years_eve), a_year_ago) == ("2026-4", "2025-4")
    assert a_year_ago in steps.since(new_years_eve - YEAR)
    assert a_year_ago not in steps.since(new_years_eve - 2 * YEAR)
    assert steps.quarter(new_years_eve - 2 * YEAR) in steps.since(new_years_eve), (
        "two years are looked back at"
    )
    assert steps.since(0) == (), "never is since no quarter"


def test_steps_of_being_taken_up_are_reached_one_after_the_other():
    assert [steps.taken_up(times) for times in (0, 1, 4, 10)] == [(), ("1",), ("1", "3"), ("1", "3", "10")]


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
