"""Whose log lines about items a publisher reads: those of their own municipality that they may see themselves."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from library.registry import kinds
from members.audience import audience_filter
from members.audit import subjects
from members.audit.scope import Scope


def _own(model: Any) -> Callable[[Scope], QuerySet[Any]]:
    """Drafts too: they are the municipality's, but not those for groups that the reader is not in."""

    def find(scope: Scope) -> QuerySet[Any]:
        mine = model.objects.filter(municipality__in=scope.municipality_ids)
        found: QuerySet[Any] = mine.filter(audience_filter(scope.reader, model._meta.get_field("groups")))
        return found

    return find


def register_kinds() -> None:
    """Called once all kinds are known."""
    for model in kinds().values():
        subjects.register(model, _own(model))
