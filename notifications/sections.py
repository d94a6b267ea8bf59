"""What notifications add to pages below them: a search can be saved."""

from typing import Any

from core.slots import Section, register
from notifications.inbox.models import Follow, News
from notifications.inbox.things import name_of_kind
from search.addresses import kept_query


def save_search(request: Any, found: Any) -> Section:
    """Beside the results of a search."""
    return Section("notifications/sections/save_search.html", {"query": kept_query(found.request)})


register("search", save_search)


def _follow(request: Any, choices: list[tuple[str, int, str]]) -> Section | None:
    """Buttons to follow things: kind, number and name of each."""
    if not request.user.is_authenticated:
        return None
    named = [(kind, pk) for kind, pk, _ in choices]
    own = set(Follow.objects.of(request.user).of_things(named).values_list("kind", "item_id"))
    buttons = [
        {"kind": kind, "label": name_of_kind(kind), "item": pk, "name": name, "followed": (kind, pk) in own}
        for kind, pk, name in choices
    ]
    return Section("notifications/sections/follow.html", {"buttons": buttons, "path": request.path})


def follow_item(request: Any, item: Any) -> Section | None:
    """An item, its municipality, its service areas and tags."""
    choices = [
        (item.kind, item.pk, item.title),
        ("municipality", item.municipality_id, str(item.municipality)),
    ]
    choices += [("service_area", area.pk, area.label) for area in item.service_areas.all()]
    choices += [("tag", tag.pk, tag.name) for tag in item.tags.all()]
    return _follow(request, choices)


def follow_area(request: Any, area: Any) -> Section | None:
    """A service area."""
    return _follow(request, [("service_area", area.pk, area.label)])


def follow_municipality(request: Any, municipality: Any) -> Section | None:
    """A municipality."""
    return _follow(request, [("municipality", municipality.pk, municipality.title)])


def follow_person(request: Any, person: Any) -> Section | None:
    """Somebody else."""
    return _follow(request, [("person", person.pk, str(person))]) if person.pk != request.user.pk else None


def follow_question(request: Any, question: Any) -> Section | None:
    """A question."""
    return _follow(request, [("question", question.pk, question.title)])


def follow_group(request: Any, group: Any) -> Section | None:
    """A working group."""
    return _follow(request, [("group", group.pk, group.name)])


def unread(request: Any, subject: Any) -> Section | None:
    """The way to the inbox, with how much is new."""
    if not request.user.is_authenticated:
        return None
    return Section(
        "notifications/sections/inbox.html", {"unread": News.objects.of(request.user).unread().count()}
    )


register("item", follow_item, order=90)
register("service_area", follow_area, order=90)
register("municipality", follow_municipality, order=90)
register("person", follow_person, order=90)
register("question", follow_question, order=90)
register("group", follow_group, order=90)
register("header", unread)
