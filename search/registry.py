"""The searchable kinds. Whatever must hold for all of them loops over this."""

from collections.abc import Sequence
from functools import cache

from search.documents import Document
from search.kinds.base import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which people look for them."""
    from search.kinds import case_study, municipality, playbook, question

    every = (case_study.KIND, playbook.KIND, question.KIND, municipality.KIND)
    return {kind.name: kind for kind in every}


def browsed() -> tuple[str, ...]:
    """The kinds that a list without words shows."""
    return tuple(name for name, kind in kinds().items() if kind.browsed)


def documents(kind: str, ids: Sequence[int]) -> list[Document]:
    """The current state of some items; an unknown kind has none."""
    known = kinds().get(kind)
    return known.documents(ids) if known else []
