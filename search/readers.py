"""Readers of the log: each brings one index to the current state of what changed.

An entry says only what changed. Its item is read as it is now and indexed under the newest log
sequence that was known *before* reading, so neither order nor repetition of entries matters.
"""

import logging

from core.events import public_content_changed
from search import log, parked, pool, reports
from search.documents import Tombstone
from search.engines.base import Engine, EngineBusy, EngineError, EngineMissing, Feed
from search.locks import host_lock
from search.log import Item, head
from search.rebuilding import rebuild_alone

logger = logging.getLogger(__name__)

# Reading this many entries one by one takes longer than starting anew.
TOO_FAR_BEHIND = 50_000


def step(engine: Engine) -> int:
    """Apply the next entries of the log to one index; returns how many that was."""
    feed, newest = engine.feed(), head()
    _refuse_unfit(feed, newest)
    done = _overtake(engine, feed, newest)
    if done < log.BATCH:
        done += _next(engine, feed, newest)
    if not done:
        reports.alive(engine, feed.cursor)
    return done + _again(engine, feed)


def _refuse_unfit(feed: Feed, newest: int) -> None:
    """Raise EngineMissing where reading on would not make the index right."""
    if feed.cursor > newest:
        raise EngineMissing("the index belongs to another database")
    if feed.cursor == newest:
        return
    if newest - feed.cursor > TOO_FAR_BEHIND:
        raise EngineMissing("the index is too far behind")
    # Pruning leaves the last entry that it passed: whoever has read that one has missed nothing.
    if feed.cursor < log.oldest():
        raise EngineMissing("entries that the index has not read are pruned")


def _overtake(engine: Engine, feed: Feed, newest: int) -> int:
    """What must no longer be seen does not wait in a long queue; returns how many entries overtook it."""
    if newest - feed.cursor <= log.BATCH:
        return 0
    late = log.entries(max(feed.cursor, feed.urgent), newest, urgent=True)
    if late:
        _write(engine, feed, [item for _, item in late], newest)
        feed.remember(urgent=late[-1][0])
    return len(late)


def _next(engine: Engine, feed: Feed, newest: int) -> int:
    """What comes next in the queue."""
    entries = log.entries(feed.cursor, newest)
    if entries:
        _write(engine, feed, [item for _, item in entries], newest)
        feed.remember(cursor=entries[-1][0])
        reports.progress(engine, entries[-1][0])
    return len(entries)


def _again(engine: Engine, feed: Feed) -> int:
    """Items that the index did not take, and whose pause is over."""
    items = parked.due(engine)
    if items:
        _write(engine, feed, items, head(), again=True)
    return len(items)


def _write(engine: Engine, feed: Feed, items: list[Item], newest: int, *, again: bool = False) -> None:
    """Index the items as they are now. Those that can't be indexed leave the index and are noted."""
    changes, rejected = log.current_state(items, newest)
    rejected += feed.apply(changes)
    if rejected:
        logger.error("%d items can't be indexed, the first because: %s", len(rejected), rejected[0].reason)
        parked.keep(engine, rejected, again=again)
        # What the index holds of them may be meant for more people than may see them now.
        feed.apply([Tombstone(each.key, newest) for each in rejected])
    parked.forget(engine, items, rejected)


def advance(engine: Engine) -> int:
    """One step for one index, with what its troubles need: a rebuild, or patience."""
    try:
        return step(engine)
    except EngineMissing as reason:
        if _fits(engine):
            # Another index took its place under our hands; the next step goes on with that one.
            return 0
        logger.info("rebuilding the %s index: %s", engine.name, reason)
        return rebuild_alone(engine, wait=False, between=lambda: _still_urgent(engine)) or 0
    except EngineBusy:
        return 0


def _fits(engine: Engine) -> bool:
    try:
        _refuse_unfit(engine.feed(), head())
    except EngineMissing:
        return False
    return True


def _still_urgent(engine: Engine) -> None:
    """While a rebuild takes its time, the index in use goes on hearing of what must not be seen."""
    try:
        feed = engine.feed()
        _overtake(engine, feed, head())
    except EngineMissing:
        return


def tick() -> int:
    """One step for every index of this host."""
    return sum(feed(engine) for engine in pool.engines())


def feed(engine: Engine) -> int:
    """One step for one index; quiet when another process is already doing it, or when it is in trouble."""
    with host_lock(f"swap-{engine.name}", wait=False) as nobody_waits:
        if not nobody_waits:
            # A rebuild wants to swap: without this, a busy reader would take its lock again and again.
            return 0
    with host_lock(f"reader-{engine.name}", wait=False) as ours:
        return _advance_quietly(engine) if ours else 0


def _advance_quietly(engine: Engine) -> int:
    breaker = pool.feeding_breaker(engine.name)
    if not breaker.may_try():
        return 0
    try:
        done = advance(engine)
    except EngineError as error:
        breaker.trip()
        reports.trouble(engine, error)
        return 0
    breaker.succeed()
    if done:
        # Pages of results kept since the change itself may show the index as it was before.
        public_content_changed()
    return done


def catch_up() -> None:
    """Bring every index to the end of the log (commands, demo, tests)."""
    while tick():
        pass
