"""Readers of the log: each brings one index to the current state of what changed.

An entry says only what changed. Its item is read as it is now and indexed under the newest log
sequence that was known *before* reading, so neither order nor repetition of entries matters.
"""

import fcntl
import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from core.events import public_content_changed
from core.log import LogEntry
from search import pool, registry
from search.documents import Tombstone, key_of
from search.engines.base import Building, Change, Engine, EngineBusy, EngineError, EngineMissing
from search.fence import URGENT
from search.models import ReaderCursor

logger = logging.getLogger(__name__)

BATCH = 300
# Reading this many entries one by one takes longer than starting anew.
TOO_FAR_BEHIND = 50_000

Item = tuple[str, int]
Progress = Callable[[int, int], None]


def head() -> int:
    """The newest sequence in the log."""
    return int(LogEntry.objects.aggregate(head=Max("seq"))["head"] or 0)


def current_state(items: Iterable[Item], version: int) -> Iterator[Change]:
    """The items as they are now; those that are gone or not live become tombstones."""
    for kind, group in groupby(sorted(set(items)), key=lambda item: item[0]):
        wanted = [item_id for _, item_id in group]
        found = {document.item_id: document for document in registry.documents(kind, wanted)}
        for item_id in wanted:
            document = found.get(item_id)
            yield (
                replace(document, version=version) if document else Tombstone(key_of(kind, item_id), version)
            )


def step(engine: Engine) -> int:
    """Apply the next batch of the log to one index; returns how many entries that was."""
    cursor, newest = _position(engine)
    entries = list(
        LogEntry.objects.filter(seq__gt=cursor).order_by("seq").values_list("seq", "kind", "item_id")[:BATCH]
    )
    if not entries:
        return 0
    reached = entries[-1][0]
    if reached < newest:
        # A long queue: what must no longer be seen does not wait in it.
        engine.apply(current_state(_urgent(reached), newest))
    engine.apply(current_state(((kind, pk) for _, kind, pk in entries), newest), reached)
    _report(engine, reached)
    return len(entries)


def _position(engine: Engine) -> tuple[int, int]:
    cursor, newest = engine.cursor(), head()
    if cursor > newest:
        raise EngineMissing("the index belongs to another database")
    if newest - cursor > TOO_FAR_BEHIND:
        raise EngineMissing("the index is too far behind")
    return cursor, newest


def _urgent(after: int) -> list[Item]:
    late = LogEntry.objects.filter(seq__gt=after, reason__in=URGENT)
    return list(late.values_list("kind", "item_id").distinct()[:BATCH])


def _report(engine: Engine, cursor: int) -> None:
    name = f"{engine.name}@{socket.gethostname()}" if engine.name == "embedded" else engine.name
    ReaderCursor.objects.update_or_create(name=name, defaults={"cursor": cursor})


def rebuild(engine: Engine, progress: Progress | None = None) -> int:
    """Build a new index beside the one in use, replay what happened meanwhile, swap; returns its size."""
    start = head()
    everything = {name: kind.ids() for name, kind in registry.kinds().items()}
    total, done = sum(map(len, everything.values())), 0
    with engine.build(start) as building:
        for name, ids in everything.items():
            for batch in _batches(ids):
                documents = registry.documents(name, batch)
                building.add([replace(document, version=start) for document in documents])
                done += len(batch)
                if progress:
                    progress(done, total)
        reached = _replay(building, start)
    _report(engine, reached)
    return done


def _replay(building: Building, cursor: int) -> int:
    while (newest := head()) > cursor:
        items = (
            LogEntry.objects.filter(seq__gt=cursor, seq__lte=newest).values_list("kind", "item_id").distinct()
        )
        building.apply(current_state(list(items), newest), newest)
        cursor = newest
    return cursor


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


@contextmanager
def host_lock(name: str, *, wait: bool) -> Iterator[bool]:
    """Whether we are the one process on this host that does this now. A crash gives the lock back."""
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def rebuild_alone(engine: Engine, progress: Progress | None = None, *, wait: bool = True) -> int | None:
    """Rebuild unless another process is at it; with `wait`, after it. None if it was not done."""
    with host_lock(f"rebuild-{engine.name}", wait=wait) as ours:
        return rebuild(engine, progress) if ours else None


def advance(engine: Engine) -> int:
    """One step for one index, with what its troubles need: a rebuild, or patience."""
    try:
        return step(engine)
    except EngineMissing as reason:
        logger.info("rebuilding the %s index: %s", engine.name, reason)
        return rebuild_alone(engine, wait=False) or 0
    except EngineBusy:
        return 0


def tick() -> int:
    """One step for every index of this host; quiet when another process is already doing it."""
    with host_lock("reader", wait=False) as ours:
        return sum(_advance_quietly(engine) for engine in pool.engines()) if ours else 0


def _advance_quietly(engine: Engine) -> int:
    # One engine's trouble must not keep the others from being fed, nor make them wait.
    breaker = pool.breaker(f"feed {engine.name}")
    if breaker.is_open:
        return 0
    try:
        done = advance(engine)
    except EngineError as error:
        breaker.trip()
        logger.warning("the %s index could not be fed: %s", engine.name, error)
        return 0
    if done:
        # Pages of results kept since the change itself may show the index as it was before.
        public_content_changed()
    return done


def catch_up() -> None:
    """Bring every index to the end of the log (commands, demo, tests)."""
    while tick():
        pass
