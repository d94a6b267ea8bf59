"""Other spellings, from what the reader may see."""

import pytest

from members.audience import ANONYMOUS, reader_for
from members.models import Person
from search import service, spelling
from search.spelling import distance
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def find(text, reader=ANONYMOUS, **request):
    return service.search(SearchRequest(text, **request), reader)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("snow", "snow", 0),
        ("sidewlak", "sidewalk", 1),
        ("sdewalk", "sidewalk", 1),
        ("", "ab", 2),
        ("abc", "xyz", 3),
    ],
)
def test_distance(one, other, expected):
    assert distance(one, other) == distance(other, one) == expected


@pytest.mark.parametrize("text", ["sidewlak", "SIDEWLAK", "autonmous", "sidewalq autonomos"])
def test_misspelt_words_are_corrected(case_study, indexed, text):
    indexed()
    found = find(text)
    assert [hit.item_id for hit in found.hits] == [case_study.pk]
    assert found.original == text
    assert find(text, verbatim=True).total == 0


def test_french_with_and_without_accents(municipality, indexed):
    factories.make_case_study(municipality, title="Déneigement des trottoirs", language="fr")
    indexed()
    for text in ("déneigemant", "deneigemant", "denegement"):
        assert find(text, language="fr").request.text == "déneigement"
    assert find("deneigement").original == "", "an accent is no mistake"


def test_what_finds_enough_is_left_alone(municipality, indexed):
    for title in ("Plow one", "Plow two", "Plow three", "Plot four", "Plot five"):
        factories.make_case_study(municipality, title=title)
    indexed()
    assert find("plow").original == ""


def test_only_what_finds_more_is_shown(case_study, indexed):
    indexed()
    for text in ("sidewalk", "zzzzzzzz", "by:whitbi", '"sidewlak"', "-sidewlak", "12345", "x"):
        assert find(text).original == "", text


def test_operators_stay_when_a_word_is_corrected(case_study, indexed):
    indexed()
    found = find("sidewlak stage:pilot")
    assert (found.request.text, found.total) == ("sidewalk stage:pilot", 1)


def test_never_a_word_that_the_reader_may_not_see(case_study, municipality, other_municipality, indexed):
    case_study.title = "Zyxwvuts"
    case_study.audience = "municipality"
    case_study.save()
    indexed()
    own, other = (
        reader_for(Person.objects.create_user(f"{town.pk}@x.ca", municipality=town))
        for town in (municipality, other_municipality)
    )
    assert find("Zyxwvutz", own).request.text == "zyxwvuts"
    for reader in (ANONYMOUS, other):
        found = find("Zyxwvutz", reader)
        assert (found.request.text, found.original, found.total) == ("Zyxwvutz", "", 0)


def test_audience_just_narrowed_is_respected_before_the_index_knows(case_study, indexed):
    case_study.title = "Zyxwvuts"
    case_study.save()
    indexed()
    case_study.audience = "members"
    case_study.save()
    assert find("Zyxwvutz").original == ""


def test_page_offers_what_was_typed(case_study, client, indexed):
    indexed()
    html = client.get("/en/search/", {"q": "sidewlak"}).content.decode()
    assert "Showing results for <strong>sidewalk</strong>" in html
    assert 'href="/en/search/?q=sidewlak&amp;verbatim=1"' in html
    verbatim = client.get("/en/search/?q=sidewlak&verbatim=1")
    assert verbatim.context["results"].total == 0


def test_hostile_words_are_not_corrected_for_long(case_study, indexed):
    indexed()
    for text in ("a" * 1000, "<b>sidewlak</b>", "abcdefgh " * 100, "\\" * 50 + "sidewlak"):
        find(text)
    assert spelling.MAX_CORRECTED <= 8
