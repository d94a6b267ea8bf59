"""What is said of broken links: on an item's page and on a municipality's desk, to those who answer for it."""

from typing import Any

from core.slots import Section, register
from library.links.reading import broken_links, items_with_broken_links
from members.roles import rules


def lead_nowhere(request: Any, item: Any) -> Section | None:
    """Beside the button “still true”."""
    links = broken_links(request.user, item)
    return Section("library/sections/broken_links.html", {"item": item, "links": links}) if links else None


def on_the_desk(request: Any, municipality: Any) -> Section | None:
    """For publishers and administrators; coordinators look after people only."""
    if not rules.may_manage(request.user, municipality):
        return None
    items = items_with_broken_links(request.user, request.reader, municipality)
    return Section("library/sections/broken_links_desk.html", {"items": items}) if items else None


register("item actions", lead_nowhere, order=91)
register("desk", on_the_desk, order=50)
