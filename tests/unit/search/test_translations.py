"""Two versions of one item: found by either's words, shown once, and never through a version one may not see."""

import pytest

from members.audience import ANONYMOUS, reader_for
from search import service
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def titles(text, language="en", reader=ANONYMOUS, filters=None):
    page = service.search(SearchRequest(text, language=language, filters=filters or {}), reader)
    assert page.total == len(page.hits)
    return [hit.title for hit in page.hits]


@pytest.fixture
def pair(municipality):
    english = factories.make_case_study(municipality, title="Snow routes", slug="snow")
    french = factories.make_case_study(
        municipality, title="Circuits de neige", slug="neige", language="fr", translation_of=english
    )
    return english, french


@pytest.fixture
def member(municipality):
    return reader_for(factories.make_person(municipality=municipality))


@pytest.mark.parametrize("text", ["snow routes", "circuits neige", ""])
def test_each_reader_finds_the_own_language(pair, indexed, text):
    indexed()
    assert titles(text, "en") == ["Snow routes"]
    assert titles(text, "fr") == ["Circuits de neige"]
    assert titles(text, "en", filters={"language": ("fr",)}) == ["Circuits de neige"]


def test_nothing_of_a_narrower_version_shows(pair, indexed, member):
    _, french = pair
    french.audience = "members"
    french.save()
    indexed()
    assert titles("circuits") == titles("circuits", "fr") == []
    assert titles("snow", "fr") == ["Snow routes"]
    assert titles("snow", "fr", member) == ["Circuits de neige"]


def test_narrowing_is_respected_before_the_index_knows(pair, indexed):
    english, french = pair
    indexed()
    french.audience = "members"
    french.save()
    assert titles("circuits", "en") == titles("circuits", "fr") == []
    indexed()
    assert titles("circuits", "en") == []
    assert titles("snow", "fr") == ["Snow routes"]


@pytest.mark.parametrize("leave", ["delete", "unpublish"])
def test_a_version_that_is_gone_leaves_the_other(pair, indexed, leave):
    english, french = pair
    indexed()
    getattr(english, leave)()
    indexed()
    assert titles("snow", "en") == titles("snow", "fr") == []
    assert titles("circuits", "en") == titles("circuits", "fr") == ["Circuits de neige"]


def test_versions_that_are_no_longer_one_family_are_two(pair, indexed):
    _, french = pair
    indexed()
    french.translation_of = None
    french.save()
    indexed()
    assert titles("circuits", "en") == ["Circuits de neige"]
    assert titles("snow", "fr") == ["Snow routes"]
