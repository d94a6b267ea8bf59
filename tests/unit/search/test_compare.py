"""Items side by side."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.factories import make_adoption, make_case_study, make_municipality, make_person, make_playbook

pytestmark = pytest.mark.django_db


NOBODYS = SimpleNamespace(kind="case_study", pk=999999)


def pick(page):
    return f"item={page.kind.replace('_', '-')}:{page.pk}"


@pytest.fixture
def get(client):
    return lambda *pages, more="": client.get(
        f"{reverse('search:compare')}?{'&'.join(filter(None, [*map(pick, pages), more]))}"
    )


@pytest.fixture
def five(municipality, area):
    return [make_case_study(municipality, area, title=f"Plow {n}", slug=f"plow-{n}") for n in range(5)]


def table(response):
    return {row.name: row.cells for row in response.context["rows"]}


def titles(response):
    return [column.page.title for column in response.context["columns"]]


def test_compare_shows_the_same_facts_of_each(get, municipality, area, other_municipality):
    case = make_case_study(
        municipality, area, title="Bus", setup_cost="under-10k", verdict="mixed", staff_months="1.5"
    )
    playbook = make_playbook(municipality, area, cost_band="none", staff_time="a day a week")
    make_adoption(other_municipality, case)
    response = get(playbook, case)
    assert titles(response) == [playbook.title, "Bus"]
    facts = table(response)
    assert facts["setup_cost"] == ("no extra cost", "under 10,000")
    assert facts["verdict"] == ("", "Mixed")
    assert facts["staff"] == ("a day a week", "1.5 month")
    assert facts["adopters"] == ("", "Whitby")
    assert "yearly_cost" not in facts, "nobody says anything about it"
    assert "not stated" in response.content.decode()


def test_compare_leaves_no_trace_of_what_is_hidden(get, client, case_study, municipality, area, index):
    hidden = make_case_study(municipality, area, title="Secret", slug="secret", audience="members")
    seen, nothing = get(case_study, hidden), get(case_study, NOBODYS)
    assert titles(seen) == titles(nothing) == [case_study.title]
    assert seen.content.decode().replace(f":{hidden.pk}", ":999999") == nothing.content.decode()
    client.force_login(make_person(municipality=make_municipality(index, "City of Barrie")))
    response = get(case_study, hidden)
    assert titles(response) == [case_study.title, "Secret"]
    assert response["Cache-Control"] == "private, no-store"


def test_compare_shows_adopters_to_those_they_tell(get, client, case_study, other_municipality):
    make_adoption(other_municipality, case_study, audience="members")
    assert "adopters" not in table(get(case_study))
    client.force_login(make_person(municipality=other_municipality))
    assert table(get(case_study))["adopters"] == ("Whitby",)


def test_compare_takes_four_and_says_so(get, five):
    assert "Only 4 fit" not in get(*five[:4]).content.decode()
    response = get(*five)
    assert titles(response) == [page.title for page in five[:4]]
    assert "Only 4 fit side by side" in response.content.decode()
    assert pick(five[4]) in response.context["columns"][0].remove_url


def test_compare_hidden_items_do_not_count(get, five, municipality, area):
    hidden = make_case_study(municipality, area, title="Secret", slug="secret", audience="municipality")
    assert not get(hidden, *five[:4]).context["too_many"]


def test_compare_leads_back_to_the_search(get, case_study):
    response = get(case_study, more="q=plow&stage=pilot")
    expected = f"{reverse('search:results')}?q=plow&stage=pilot&{pick(case_study)}"
    assert response.context["search_url"] == expected


@pytest.mark.parametrize(
    "address", ["", "item=", "item=x&item=case-study:&item=question:1&item=municipality:1"]
)
def test_compare_of_nothing_helps_on(get, case_study, address):
    response = get(more=address)
    assert response.context["columns"] == []
    assert "Nothing is picked yet" in response.content.decode()


def test_compare_keeps_to_the_budget(get, client, five, municipality, django_assert_max_num_queries):
    client.force_login(make_person(municipality=municipality))
    make_playbook(municipality, title="P")
    get(*five)
    with django_assert_max_num_queries(12):
        get(*five)


def test_picks_are_kept_while_searching(client, five, indexed):
    indexed()
    response = client.get(f"{reverse('search:results')}?q=plow&{pick(five[0])}&item=case-study:999999")
    assert [hit.is_picked for hit in response.context["results"].hits if hit.item_id == five[0].pk] == [True]
    assert [item.label for item in response.context["tray"].items] == ["Plow 0"]
    assert "999999" not in response.content.decode().partition("<main")[2]
    sort = {option.value: option.url for option in response.context["sort_options"]}
    assert pick(five[0]) in sort["newest"]


def test_picks_beyond_four_are_refused_in_words(client, five, indexed):
    indexed()
    response = client.get(f"{reverse('search:results')}?q=plow&{'&'.join(map(pick, five))}")
    assert "Only 4 fit side by side: take one away." in response.content.decode()
    assert response.context["tray"].too_many
