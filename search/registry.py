"""The searchable kinds. Whatever must hold for all of them loops over this."""

import logging
from collections.abc import Sequence
from functools import cache

from django.db import DatabaseError

from search.documents import Document
from search.kinds.base import Kind

logger = logging.getLogger(__name__)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which people look for them."""
    from search.kinds import case_study, municipality, person, playbook, question

    every = (case_study.KIND, playbook.KIND, question.KIND, municipality.KIND, person.KIND)
    return {kind.name: kind for kind in every}


def browsed() -> tuple[str, ...]:
    """The kinds that a list without words shows."""
    return tuple(name for name, kind in kinds().items() if kind.browsed)


def documents(kind: str, ids: Sequence[int]) -> list[Document]:
    """The current state of some items; an unknown kind has none.

    An item that can't be made into a document is left out, so that it neither holds up the others
    nor stays in an index in a state it is no longer in.
    """
    known = kinds().get(kind)
    if known is None:
        return []
    try:
        return known.documents(ids)
    except DatabaseError:
        raise
    except Exception:
        if len(ids) > 1:
            return [document for item_id in ids for document in documents(kind, [item_id])]
        logger.exception("%s %s can't be indexed", kind, ids[0])
        return []
