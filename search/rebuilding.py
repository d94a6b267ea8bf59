"""Building an index anew beside the one in use: from a snapshot, and then from the log."""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace

from search import log, parked, registry, reports
from search.documents import Rejected, Tombstone
from search.engines.base import Building, Engine, EngineError
from search.locks import host_lock

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Between = Callable[[], object]

# Losing this many, and more than half of all, means that something else is wrong than those documents.
MANY_REJECTED = 20


class _Rebuild:
    """One rebuild, from its snapshot to its swap."""

    def __init__(self, building: Building, start: int) -> None:
        self.building = building
        self.reached = start
        self.rejected: dict[str, Rejected] = {}

    def add(self, kind: str, ids: Sequence[int]) -> None:
        """Add a part of the snapshot."""
        documents, broken = registry.documents(kind, ids)
        versioned = [replace(document, version=self.reached) for document in documents]
        self._reject([*broken, *self.building.add(versioned)])

    def flush(self) -> None:
        """Wait until the snapshot is complete."""
        self._reject(self.building.flush())

    def replay(self) -> None:
        """Apply what happened since the snapshot, until there is nothing more."""
        while (newest := log.head()) > self.reached:
            while entries := log.entries(self.reached, newest):
                self._apply([item for _, item in entries], newest, entries[-1][0])
            self.reached = newest

    def _apply(self, items: list[log.Item], newest: int, cursor: int) -> None:
        changes, broken = log.current_state(items, newest)
        refused = [*broken, *self.building.apply(changes, cursor)]
        if refused:
            # The snapshot may hold them as they were, for more people than may see them now.
            self.building.apply([Tombstone(each.key, newest) for each in refused], cursor)
        for change in changes:
            self.rejected.pop(change.key, None)
        self._reject(refused)
        self.reached = cursor

    def _reject(self, refused: Iterable[Rejected]) -> None:
        self.rejected |= {each.key: each for each in refused}

    def judge(self, total: int) -> None:
        """Refuse to put a ruin in the place of a good index."""
        if len(self.rejected) > max(MANY_REJECTED, total // 2):
            reason = next(iter(self.rejected.values())).reason
            raise EngineError(f"{len(self.rejected)} of {total} items can't be indexed, the first: {reason}")


def rebuild(
    engine: Engine, progress: Progress | None = None, *, between: Between | None = None, feeding: bool = False
) -> int:
    """Build a new index, replay what happened meanwhile, swap; returns how many items there were.

    `between` is called after every batch. `feeding` says that the caller already holds the reader's lock.
    """
    start = log.head()
    everything = {name: kind.ids() for name, kind in registry.kinds().items()}
    total, done = sum(map(len, everything.values())), 0
    with ExitStack() as until_swapped, engine.build(start) as building:
        ours = _Rebuild(building, start)
        for name, ids in everything.items():
            for at in range(0, len(ids), log.BATCH):
                batch = ids[at : at + log.BATCH]
                ours.add(name, batch)
                done += len(batch)
                if progress:
                    progress(done, total)
                if between:
                    between()
        ours.flush()
        ours.replay()
        # From here on nobody reads on with the old index: the new one must never be behind it.
        if not feeding:
            for lock in ("swap", "reader"):
                until_swapped.enter_context(host_lock(f"{lock}-{engine.name}", wait=True))
        ours.replay()
        ours.judge(total)
    _note(engine, ours)
    return done


def _note(engine: Engine, ours: _Rebuild) -> None:
    rejected = list(ours.rejected.values())
    if rejected:
        logger.error("%d items can't be indexed, the first because: %s", len(rejected), rejected[0].reason)
    parked.keep(engine, rejected, again=False)
    parked.forget_others(engine, rejected)
    reports.progress(engine, ours.reached)


def rebuild_alone(
    engine: Engine,
    progress: Progress | None = None,
    *,
    wait: bool = True,
    between: Between | None = None,
) -> int | None:
    """Rebuild unless another process is at it; with `wait`, after it. None if it was not done.

    `between` is for the reader itself, which holds its own lock and looks after urgent changes meanwhile.
    """
    with host_lock(f"rebuild-{engine.name}", wait=wait) as ours:
        if not ours:
            return None
        return rebuild(engine, progress, between=between, feeding=between is not None)
