"""What notifications add to pages below them: a search can be saved."""

from typing import Any

from core.slots import Section, register
from discussions.models import Question
from library.models import ServiceArea
from library.registry import kinds
from members.models import MunicipalityPage, Person, WorkingGroup
from search.addresses import kept_query


def save_search(request: Any, found: Any) -> Section:
    """Beside the results of a search."""
    return Section("notifications/sections/save_search.html", {"query": kept_query(found.request)})


register("search", save_search)


def follow(request: Any, subject: Any) -> Section | None:
    """The way to follow a thing and what it belongs to. Asks the database nothing: it is on every page."""
    if not request.user.is_authenticated or subject == request.user:
        return None
    return Section("notifications/sections/follow.html", {"kind": KINDS[type(subject)], "item": subject.pk})


def inbox(request: Any, subject: Any) -> Section | None:
    """The way to the inbox, with how much is new; that came with the person who asks."""
    if not request.user.is_authenticated:
        return None
    return Section("notifications/sections/inbox.html", {"unread": getattr(request.user, "unread_news", 0)})


KINDS: dict[type[Any], str] = {
    **{model: kind for kind, model in kinds().items()},
    MunicipalityPage: "municipality", Person: "person", Question: "question", ServiceArea: "service_area",
    WorkingGroup: "group",
}  # fmt: skip
for slot in ("item", "service_area", "municipality", "person", "question", "group"):
    register(slot, follow, order=90)
register("header", inbox)
