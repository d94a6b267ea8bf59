"""Items whose audience has just changed, or that have just gone, until the index has heard of it.

Hits are re-checked in the database, but totals and facets can't be. So such items are left out
of the search by their keys as long as the index is behind.
"""

from dataclasses import replace

from core.log import URGENT, LogEntry
from search.documents import key_of
from search.engines.base import Engine, EngineError
from search.plan import Plan

# With more than these, another engine answers, or nobody: better nothing than a count that tells.
MAX_FENCED = 20_000


def around(plan: Plan, engine: Engine) -> Plan:
    """The plan for this engine, without what its index must not answer with now. Raises EngineError."""
    heard = engine.heard()
    return replace(plan, excluded=(*plan.excluded, *_late(heard)), heard=heard)


def _late(heard: int) -> tuple[str, ...]:
    late = LogEntry.objects.filter(seq__gt=heard, reason__in=URGENT).order_by().values_list("kind", "item_id")
    found = list(late.distinct()[: MAX_FENCED + 1])
    if len(found) > MAX_FENCED:
        raise EngineError("the index has yet to hear of too many changes")
    return tuple(sorted(key_of(kind, item_id) for kind, item_id in found))
