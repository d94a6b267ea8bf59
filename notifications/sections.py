"""What notifications add to pages below them: a search can be saved."""

from typing import Any

from core.slots import Section, register
from search.addresses import kept_query


def save_search(request: Any, found: Any) -> Section:
    """Beside the results of a search."""
    return Section("notifications/sections/save_search.html", {"query": kept_query(found.request)})


register("search", save_search)
