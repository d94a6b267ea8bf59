"""The searchable kinds. Whatever must hold for all of them loops over this."""

from collections.abc import Sequence
from functools import cache

from django.db import DatabaseError

from search.documents import Document, Rejected, key_of
from search.kinds.base import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which people look for them."""
    from search.kinds import case_study, comment, municipality, person, playbook, question

    every = (case_study.KIND, playbook.KIND, question.KIND, comment.KIND, municipality.KIND, person.KIND)
    return {kind.name: kind for kind in every}


def browsed() -> tuple[str, ...]:
    """The kinds that a list without words shows."""
    return tuple(name for name, kind in kinds().items() if kind.browsed)


def documents(kind: str, ids: Sequence[int]) -> tuple[list[Document], list[Rejected]]:
    """The current state of some items, and those that can't be made into a document.

    One such item does not hold up the others. Items that are gone or not live are in neither list,
    and neither are those of an unknown kind.
    """
    known = kinds().get(kind)
    if known is None:
        return [], []
    try:
        return known.documents(ids), []
    except DatabaseError:
        raise
    except Exception as error:
        if len(ids) == 1:
            return [], [Rejected(key_of(kind, ids[0]), f"{type(error).__name__}: {error}")]
    alone = [documents(kind, [item_id]) for item_id in ids]
    return [made[0] for made, _ in alone if made], [failed[0] for _, failed in alone if failed]
