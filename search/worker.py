"""The loops beside the requests: in threads of the server process, or as `manage.py worker`.

One for each index keeps it fed, one for each lane does its chores (`core.chores`). They are apart so that
neither a large attachment being read nor a server that hangs makes a narrowed audience wait elsewhere.
"""

import logging
import os
import threading
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from core import chores
from search import pool, readers
from search.locks import host_lock

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.3
PAUSE_AFTER_TROUBLE = 5.0

_started_in: set[int] = set()


def run(stop: threading.Event, feed: Callable[[], int] = readers.tick, poll: float = POLL_SECONDS) -> None:
    """Feed indexes until told to stop."""
    while not stop.is_set():
        stop.wait(_pass(feed, poll))


def run_chores(stop: threading.Event, lane: str = "main", poll: float = POLL_SECONDS) -> None:
    """Do what is due in a lane until told to stop."""
    run(stop, partial(_chores_done, lane), poll)


def _chores_done(lane: str) -> int:
    # One process on this host does them; chores are also safe to be done twice.
    with host_lock(f"chores-{lane}", wait=False) as ours:
        return chores.run_due(lane) if ours else 0


def _pass(feed: Callable[[], int], poll: float) -> float:
    """One pass; returns how long to wait before the next."""
    try:
        close_old_connections()
        return 0.0 if feed() else poll
    except DatabaseError as error:
        logger.warning("the log could not be read: %s", error)
    except Exception:
        # The thread must outlive a bug; the entry stays in the log and is tried again.
        logger.exception("a loop beside the requests stumbled")
    return PAUSE_AFTER_TROUBLE


def start_inline_reader() -> threading.Event | None:
    """Start the loops in this process, once; None where the settings leave it to `manage.py worker`."""
    if not settings.SEARCH_INLINE_READER or os.getpid() in _started_in:
        return None
    _started_in.add(os.getpid())
    stop = threading.Event()
    start(stop)
    return stop


def start(stop: threading.Event) -> list[threading.Thread]:
    """Start all loops as threads that end with the process."""
    loops: dict[str, Callable[[], None]] = {
        f"chores-{lane}": partial(run_chores, stop, lane) for lane in chores.lanes()
    }
    for engine in pool.engines():
        loops[f"reader-{engine.name}"] = partial(run, stop, partial(readers.feed, engine))
    threads = [threading.Thread(target=loop, name=name, daemon=True) for name, loop in loops.items()]
    for thread in threads:
        thread.start()
    return threads
