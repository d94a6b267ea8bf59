"""The lines of the log that somebody may read, from both of Wagtail's tables, newest first."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from members.audit import subjects, wording
from members.audit.scope import Scope
from members.people import Person

_MODELS: dict[str, Any] = {"page": PageLogEntry, "model": ModelLogEntry}
# Wagtail notes each draft that is saved: many lines that change nothing for any reader.
UNTOLD = ("wagtail.edit", "wagtail.rename")


@dataclass(frozen=True)
class Wanted:
    """What is looked for."""

    person: str = ""
    action: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Line:
    """One thing that somebody did."""

    when: datetime.datetime
    who: str
    action: str
    label: str
    kind: str
    thing: str
    details: Sequence[str] = field(default_factory=tuple)


def found(scope: Scope, wanted: Wanted) -> Any:
    """Which lines, as rows that can be counted and sliced; `told` makes words of them."""
    rows = [
        _wanted(entries, wanted).annotate(table=Value(table)).values("timestamp", "id", "table")
        for table, entries in (("page", _of_pages(scope)), ("model", _of_models(scope)))
    ]
    return rows[0].order_by().union(rows[1].order_by(), all=True).order_by("-timestamp", "-id")


def _of_pages(scope: Scope) -> QuerySet[Any]:
    entries = PageLogEntry.objects.exclude(action__in=UNTOLD)
    if scope.everything:
        return entries
    mine = Q(pk__in=())
    for pages in subjects.of_pages(scope):
        mine |= Q(page_id__in=pages)
    return entries.filter(mine)


def _of_models(scope: Scope) -> QuerySet[Any]:
    entries = ModelLogEntry.objects.exclude(action__in=UNTOLD)
    if scope.everything:
        return entries
    mine = Q(pk__in=())
    for model, things in subjects.of_others(scope):
        # The log keeps numbers as text.
        ids = things.annotate(as_text=Cast("pk", CharField())).values("as_text")
        mine |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
    return entries.filter(mine)


def _wanted(entries: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    for word in wanted.person.split()[:4]:
        entries = entries.filter(Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word))
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.since:
        entries = entries.filter(timestamp__date__gte=wanted.since)
    if wanted.until:
        entries = entries.filter(timestamp__date__lte=wanted.until)
    return entries.order_by()


def told(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines of some rows, in their order, in at most a few queries."""
    rows = list(rows)
    entries: dict[tuple[str, int], Any] = {}
    for table, model in _MODELS.items():
        ids = [row["id"] for row in rows if row["table"] == table]
        loaded = model.objects.filter(pk__in=ids).select_related("user", "content_type")
        entries |= {(table, entry.pk): entry for entry in loaded}
    names = wording.Names(
        (entry.data for entry in entries.values()), (_person_in(entry) for entry in entries.values())
    )
    kept = (entries.get((row["table"], row["id"])) for row in rows)
    return [_line(entry, names) for entry in kept if entry is not None]


def _person_in(entry: Any) -> int:
    """Whom the line is about: the log's own label of a person without a name is an address."""
    model = entry.content_type.model_class() if entry.content_type else None
    return int(entry.object_id) if model is Person else 0


def _line(entry: Any, names: wording.Names) -> Line:
    model = entry.content_type.model_class() if entry.content_type else None
    return Line(
        when=entry.timestamp,
        who=wording.name_of(entry.user) if entry.user_id else "",
        action=entry.action,
        label=str(
            registry.get_action_label(entry.action) if registry.action_exists(entry.action) else entry.action
        ),
        kind=str(model._meta.verbose_name) if model else "",
        thing=names.people.get(_person_in(entry), entry.label),
        details=tuple(wording.details(entry.data, names)),
    )


def actions(scope: Scope, asked: str = "") -> list[tuple[str, str]]:
    """What there is to choose from: the actions in the scope and the one that was asked for, by their names."""
    seen = {
        asked,
        *_of_pages(scope).order_by().values_list("action", flat=True).distinct(),
        *_of_models(scope).order_by().values_list("action", flat=True).distinct(),
    }
    named = [(action, str(label)) for action, label in registry.get_choices() if action in seen]
    return sorted(dict(named).items(), key=lambda pair: pair[1].lower())
