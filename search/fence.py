"""Items whose audience has just changed, or that have just gone, until the index has heard of it.

Hits are re-checked in the database, but totals and facets can't be. So such items are left out
of the search by their keys as long as the index is behind.
"""

from core.log import LogEntry, Reason
from search.documents import key_of
from search.engines.base import Engine

URGENT = (Reason.AUDIENCE, Reason.DELETE)
# Beyond this an index is so far behind that it is about to be rebuilt.
MAX_FENCED = 5_000


def fenced(engine: Engine) -> tuple[str, ...]:
    """The keys that this engine's index must not answer with now."""
    late = LogEntry.objects.filter(seq__gt=engine.cursor(), reason__in=URGENT).order_by("seq")
    found = late.values_list("kind", "item_id")[:MAX_FENCED]
    return tuple(sorted({key_of(kind, item_id) for kind, item_id in found}))
