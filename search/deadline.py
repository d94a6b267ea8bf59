"""How long a reader's search may wait for a server, all its questions together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float | None] = ContextVar("search_deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Everything asked in this block is to be answered within so many seconds, counted from here."""
    ends, outer = time.monotonic() + seconds, _ends.get()
    token = _ends.set(ends if outer is None else min(ends, outer))
    try:
        yield
    finally:
        _ends.reset(token)


def left(most: float) -> float:
    """Seconds that a single question may take now: `most`, or what is left of the block; never below 0."""
    ends = _ends.get()
    return most if ends is None else max(0.0, min(most, ends - time.monotonic()))
