"""People are found by what they offer, by members only."""

import pytest

from library.people import actions
from members.audience import ANONYMOUS, reader_for
from search import service
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def found(text, reader, **filters):
    page = service.search(SearchRequest(text=text, filters={"kind": ("person",), **filters}), reader)
    return [hit.title for hit in page.hits]


def test_found_by_area_language_and_words(indexed, municipality, area):
    sam = factories.make_person(first_name="Sam", last_name="Salt", municipality=municipality)
    actions.offer(by=sam, about="Brine expert", languages=["en", "ta"], can_help=[area])
    indexed()
    reader = reader_for(sam)
    for text in ("winter maintenance", "entretien hivernal", "brine", "Tamil", "tamoul"):
        assert found(text, reader) == ["Sam Salt"], text
        assert found(text, ANONYMOUS) == []
    assert found("", reader, service_area=(area.slug,)) == ["Sam Salt"]
    outside = service.search(SearchRequest(text="winter maintenance"), ANONYMOUS)
    assert not any(facet.name == "service_area" for facet in outside.facets)
    actions.offer(by=sam)
    indexed()
    assert found("brine", reader) == []


def test_a_renamed_area_is_heard_of(indexed, municipality, area):
    sam = factories.make_person(first_name="Sam", last_name="Salt", municipality=municipality)
    actions.offer(by=sam, can_help=[area])
    indexed()
    area.label_en = "Snowfighting"
    area.save()
    indexed()
    assert found("snowfighting", reader_for(sam)) == ["Sam Salt"]
