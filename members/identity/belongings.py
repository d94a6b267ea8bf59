"""Every record that names a person, sorted in two: what is theirs alone, and what they contributed.

What is theirs goes when they close their account and is in full in the export of their data. What they
contributed stays, and the export says that it exists. Both follow when two accounts become one. Apps above
register their own records; a test fails for one that nobody sorted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from members.models import Person

Combine = Callable[[Any, Any], None]
End = Callable[[Any], object]


def delete(found: Any) -> None:
    """The end of most records."""
    found.delete()


@dataclass(frozen=True)
class Belonging:
    """Records of one model that are somebody's own."""

    model: str
    # What the export says of each; never a secret, never another person.
    says: tuple[str, ...] = ()
    # What is kept of two that cannot both be: `combine(kept, other)`; by default the kept one is as it was.
    combine: Combine | None = None
    # Whether they follow when two accounts become one.
    follows: bool = True
    # How those that don't follow come to their end, and all when the account is closed.
    end: End = delete


_own: dict[str, Belonging] = {}
_contributed: set[str] = set()


def own(
    model: str, *says: str, combine: Combine | None = None, follows: bool = True, end: End = delete
) -> None:
    """Say that records of a model (`app.Model`) are their person's own."""
    _own[model] = Belonging(model, says, combine, follows, end)


def contributed(*models_: str) -> None:
    """Say that records of these models stay when the person goes."""
    _contributed.update(models_)


def relations() -> Iterator[tuple[type[models.Model], str]]:
    """Every model that names people, with the name of the field; also what has no name on the person's side."""
    for field in Person._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one):
            yield field.related_model, field.field.name  # type: ignore[misc, union-attr]


def belonging(model: type[models.Model], field: str) -> Belonging | None:
    """How records are somebody's own by this field; None where it only says who did something."""
    # A role is its holder's; who gave it is history.
    return None if field in _SAYS_WHO else _own.get(model._meta.label)


def is_sorted(model: type[models.Model]) -> bool:
    """Whether somebody has said what becomes of these records."""
    return model._meta.label in _contributed or model._meta.label in _own


def records(model: type[models.Model], field: str, person: Person) -> Any:
    """The records that name a person by this field, whatever state they are in."""
    return model._base_manager.filter(**{field: person})


_SAYS_WHO = {"by", "merged_into", "resolved_by", "locked_by", "decided_by"}
