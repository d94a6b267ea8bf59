"""What the search adds to pages below it: similar items, and a way to compare."""

from typing import Any

from core.slots import Section, register
from library.registry import kinds as compared
from search import picks
from search.documents import key_of


def similar(request: Any, item: Any) -> Section:
    """Fetched when the reader comes near, so that the page itself waits for no search; a link without scripts."""
    pick = picks.written(key_of(item.kind, item.pk)) if item.kind in compared() else ""
    return Section("search/sections/similar.html", {"kind": item.kind, "pk": item.pk, "pick": pick})


register("item", similar, order=90)
register("question", similar, order=90)
