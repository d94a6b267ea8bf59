"""All that the site knows of a person, for that person, as JSON: never a secret, never another person."""

from typing import Any

from django.db import models
from wagtail.models import Page

from core.models import File, Picture
from members.audience import reader_for
from members.editor import sight
from members.identity.belongings import belonging, records, relations
from members.models import Person

_PROFILE = (
    "email",
    "first_name",
    "last_name",
    "job_title",
    "language",
    "municipality",
    "date_joined",
    "last_login",
)


def everything(person: Person) -> dict[str, Any]:
    """Profile, what is theirs in full, and what they contributed by name and address."""
    theirs: dict[str, list[Any]] = {}
    contributions: dict[str, list[Any]] = {}
    for model, field in relations():
        owned = belonging(model, field)
        found = records(model, field, person)
        if owned and owned.says:
            theirs.setdefault(model._meta.label, []).extend(_said(record, owned.says) for record in found)
        elif not owned:
            seen = _seen(model, found, person)
            rows = (_named(record, with_title=record.pk in seen) for record in found)
            contributions.setdefault(f"{model._meta.label}: {field}", []).extend(rows)
    return {
        "profile": _said(person, _PROFILE),
        "yours": {name: rows for name, rows in theirs.items() if rows},
        "contributed": {name: rows for name, rows in contributions.items() if rows},
    }


def _said(record: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value


def _seen(model: Any, found: Any, person: Person) -> set[Any]:
    """Which of these records the person may see now: who has left a municipality has left its titles, too."""
    if issubclass(model, Page):
        return set(sight.pages(person).filter(pk__in=found.values("pk")).values_list("pk", flat=True))
    if issubclass(model, File | Picture):
        return {thing.pk for thing in found if sight.may_use(person, thing)}
    if hasattr(model._default_manager.all(), "visible_to"):
        visible = model._default_manager.all().visible_to(reader_for(person))
        return set(visible.filter(pk__in=found.values("pk")).values_list("pk", flat=True))
    return set()


def _named(record: Any, *, with_title: bool) -> dict[str, Any]:
    """Which record it is. What it says may be about others, and stands on the site for those who may read it."""
    told: dict[str, Any] = {"id": str(record.pk)}
    for name in ("title", "action", "timestamp", "created_at"):
        hidden = isinstance(record, Person) or (name == "title" and not with_title)
        if getattr(record, name, None) and not hidden:
            told[name] = getattr(record, name)
    return told
