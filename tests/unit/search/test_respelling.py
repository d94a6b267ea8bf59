"""Searches with a slip of the finger: answered as they were meant, or asked back."""

import pytest

from members.audience import ANONYMOUS, reader_for
from search import service
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def find(text, reader=ANONYMOUS, **request):
    return service.search(SearchRequest(text, **request), reader)


@pytest.fixture
def winter(municipality, indexed):
    """A library in which one word is usual."""
    for number in range(10):
        factories.make_case_study(
            municipality, title=f"Sidewalk winter maintenance {number}", slug=f"w{number}"
        )
    factories.make_case_study(municipality, title="Sidetalk for councillors", slug="talk")
    indexed()


def test_an_unknown_word_is_corrected_though_the_other_finds_much(winter):
    found = find("winter sidewlak")
    assert (found.request.text, found.original) == ("winter sidewalk", "winter sidewlak")
    assert find("winter sidewlak", verbatim=True).original == ""


def test_a_rare_word_that_stands_with_the_others_nowhere_is_taken_for_the_usual_one(winter):
    assert find("winter sidetalk").request.text == "winter sidewalk"


def test_a_rare_word_is_left_where_it_stands_with_the_others(winter):
    assert find("councillors sidetalk").original == ""
    assert find("sidetalk").original == ""


def test_two_wrong_letters_are_only_a_suggestion_where_the_rest_finds_enough(winter):
    found = find("winter sidxwlak")
    assert (found.request.text, found.original, found.suggestion) == (
        "winter sidxwlak",
        "",
        "winter sidewalk",
    )


def test_page_asks_back(winter, client):
    html = client.get("/en/search/", {"q": "winter sidxwlak", "stage": "pilot"}).content.decode()
    assert 'Did you mean <a href="/en/search/?q=winter+sidewalk&amp;stage=pilot"' in html


def test_no_suggestion_from_what_the_reader_may_not_see(municipality, winter, indexed):
    factories.make_case_study(municipality, title="Zyxwvuts winter", slug="z", audience="members")
    indexed()
    member = reader_for(factories.make_person(municipality=municipality))
    assert find("winter zyxwvutz", member).request.text == "winter zyxwvuts"
    found = find("winter zyxwvutz")
    assert (found.original, found.suggestion) == ("", "")
    # Nor does a rare word seem usual because of documents that only others see.
    hidden = {find(text).original for text in ("winter zyxwvutz", "zyxwvuts winter")}
    assert hidden == {""}


def test_a_possessive_is_corrected(municipality, indexed):
    factories.make_case_study(municipality, title="Valentine's day data")
    indexed()
    assert find("valentnie's data").request.text == "valentine's data"


def test_words_that_are_known_cost_nothing_more(winter, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("no question about spelling was due")

    monkeypatch.setattr("search.spelling.nearest", never)
    assert find("winter sidewalk").total >= 10
