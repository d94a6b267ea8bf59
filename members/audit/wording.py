"""What a line of the log says beyond its action, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from members.audience import Audience
from members.groups.models import WorkingGroup
from members.people import Person


def name_of(person: Person | None) -> str:
    """How the log calls somebody: by name, never by address."""
    if person is None:
        return _("somebody who is gone")
    return person.get_full_name() or _("somebody without a name")


class Names:
    """The people and groups that some lines name, asked for once."""

    def __init__(self, all_data: Iterable[Any], people_too: Iterable[int] = ()) -> None:
        data = [each for each in all_data if isinstance(each, Mapping)]
        people = {*people_too} | {each["person"] for each in data if isinstance(each.get("person"), int)}
        groups = {pk for each in data for pk in _groups_in(each)}
        self.people = {person.pk: name_of(person) for person in Person.objects.filter(pk__in=people)}
        self.groups = dict(WorkingGroup.objects.filter(pk__in=groups).values_list("pk", "name"))


def _groups_in(data: Mapping[str, Any]) -> list[int]:
    return [
        pk for side in ("groups_before", "groups_after") for pk in data.get(side) or () if isinstance(pk, int)
    ]


def details(data: Any, names: Names) -> Iterator[str]:
    """Each thing that is worth saying about a line."""
    if not isinstance(data, Mapping):
        return
    if isinstance(data.get("person"), int):
        yield names.people.get(data["person"], _("somebody who is gone"))
    if "before" in data and "after" in data:
        before, after = (_audience(data, side, names) for side in ("before", "after"))
        yield _("from “%(before)s” to “%(after)s”") % {"before": before, "after": after}
    elif "role" in data:
        yield _("role: %(role)s") % {"role": data["role"] or _("member")}
    if data.get("about") == "candid_note":
        yield _("the candid note")
    if data.get("format"):
        yield _("as %(format)s, %(count)s lines") % {"format": data["format"], "count": data.get("count", "")}
    if data.get("reason"):
        yield str(data["reason"])


def _audience(data: Mapping[str, Any], side: str, names: Names) -> str:
    value = data[side]
    label = str(Audience(value).label) if value in Audience.values else str(value)
    groups = [names.groups.get(pk, "?") for pk in data.get(f"groups_{side}") or ()]
    return f"{label}: {', '.join(groups)}" if groups else label
