"""Of which things a scope reads the log. Apps above register theirs; of all others only administrators read."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from members.audit.scope import Scope
from members.groups.models import WorkingGroup
from members.municipalities import MunicipalityPage
from members.people import Person

Find = Callable[[Scope], QuerySet[Any]]
_known: dict[type[Any], Find] = {}


def register(model: type[Any], find: Find) -> None:
    """Have lines about things of this model shown: `find(scope)` are those in it that its reader may see."""
    _known[model] = find


def of_pages(scope: Scope) -> Iterator[QuerySet[Any]]:
    """The pages of a scope, kind by kind, as numbers."""
    from wagtail.models import Page

    yield from (
        find(scope).order_by().values("pk") for model, find in _known.items() if issubclass(model, Page)
    )


def of_others(scope: Scope) -> Iterator[tuple[type[Any], QuerySet[Any]]]:
    """All other things of a scope, with their model."""
    from wagtail.models import Page

    yield from (
        (model, find(scope).order_by()) for model, find in _known.items() if not issubclass(model, Page)
    )


register(MunicipalityPage, lambda scope: MunicipalityPage.objects.filter(pk__in=scope.municipality_ids))
register(Person, lambda scope: Person.objects.filter(municipality__in=scope.municipality_ids))
register(WorkingGroup, lambda scope: WorkingGroup.objects.filter(pk__in=scope.group_ids))
