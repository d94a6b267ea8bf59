"""What the search adds to pages below it: similar items, and a way to compare."""

from typing import Any

from django.utils.translation import get_language

from core.addresses import in_language
from core.slots import Section, register
from library.registry import kinds as compared
from search import answering, picks, places
from search.documents import key_of
from search.kinds.parts import page_path


def similar(request: Any, item: Any) -> Section:
    """Fetched when the reader comes near, so that the page itself waits for no search; a link without scripts."""
    pick = picks.written(key_of(item.kind, item.pk)) if item.kind in compared() else ""
    return Section("search/sections/similar.html", {"kind": item.kind, "pk": item.pk, "pick": pick})


def map_of_municipalities(request: Any, municipalities: Any) -> Section:
    """Where the municipalities of a list lie; the list's own table says the same."""
    urls = {town.slug: in_language(page_path(town), get_language() or "en") for town in municipalities}
    return Section("search/sections/municipality_map.html", {"map": places.drawn_towns(urls)})


def known_already(request: Any, draft: Any) -> Section | None:
    """What may answer a question that is about to be asked, each with a way to say that it is about it."""
    found = answering.answering(draft.title, request.reader, get_language() or "en")
    return Section("search/sections/known_already.html", {"hits": found}) if found else None


register("before asking", known_already)
register("map of municipalities", map_of_municipalities)
register("item", similar, order=90)
register("question", similar, order=90)
