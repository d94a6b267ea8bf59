"""The loop that keeps the indexes fed: in a thread of the server process, or as `manage.py worker`."""

import logging
import os
import threading

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from search import readers

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.3
PAUSE_AFTER_TROUBLE = 5.0

_started_in: set[int] = set()


def run(stop: threading.Event, poll: float = POLL_SECONDS) -> None:
    """Feed the indexes until told to stop."""
    while not stop.is_set():
        stop.wait(_pass(poll))


def _pass(poll: float) -> float:
    """One pass; returns how long to wait before the next."""
    close_old_connections()
    try:
        return 0.0 if readers.tick() else poll
    except DatabaseError as error:
        logger.warning("the log could not be read: %s", error)
    except Exception:
        # The thread must outlive a bug in one document; the entry stays in the log and is tried again.
        logger.exception("the log's reader stumbled")
    return PAUSE_AFTER_TROUBLE


def start_inline_reader() -> threading.Event | None:
    """Start the loop in this process, once; None where the settings leave it to `manage.py worker`."""
    if not settings.SEARCH_INLINE_READER or os.getpid() in _started_in:
        return None
    _started_in.add(os.getpid())
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="log-reader", daemon=True).start()
    return stop
