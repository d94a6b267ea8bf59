"""Leaves a failing engine alone for a while instead of waiting for it again and again."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from search.engines.base import EngineError

# Longer than many answers take, shorter than anybody notices.
SEAT_SECONDS = 0.2


class Breaker:
    """Open after a failure, until the pause is over; then a single one tries, and the others go on waiting.

    Pauses double with each failure up to `longest`. They are lengthened by up to a fifth at random, so that
    many processes don't come back at the same moment. At most `seats` wait for an answer at the same time:
    before the first of them has noticed that the engine hangs, it must not have taken all threads.
    """

    def __init__(
        self,
        pause: float = 4.0,
        longest: float = 4.0,
        seats: int = 1,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.pause = pause
        self.longest = longest
        self._clock = clock
        self._chance = chance
        self._lock = threading.Lock()
        self._seats = threading.BoundedSemaphore(seats)
        self._failures = 0
        self._closed_at = float("-inf")

    @property
    def is_open(self) -> bool:
        """Whether to leave the engine alone."""
        return self._clock() < self._closed_at

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Whether the block may ask the engine. An EngineError that leaves the block trips the breaker."""
        if self.is_open or not self._seats.acquire(timeout=SEAT_SECONDS):
            yield False
            return
        try:
            if not self.may_try():
                yield False
                return
            yield True
            self.succeed()
        except EngineError:
            self.trip()
            raise
        finally:
            self._seats.release()

    def may_try(self) -> bool:
        """Whether the caller may ask the engine. After a pause only the first who asks gets a yes."""
        with self._lock:
            if self.is_open:
                return False
            if self._failures:
                self._closed_at = self._clock() + self._next_pause()
            return True

    def trip(self) -> None:
        """Note a failure."""
        with self._lock:
            self._failures += 1
            self._closed_at = self._clock() + self._next_pause()

    def succeed(self) -> None:
        """Note that the engine answers: everybody may ask it again."""
        with self._lock:
            self._failures, self._closed_at = 0, float("-inf")

    def _next_pause(self) -> float:
        longer = self.pause * 2.0 ** min(max(self._failures - 1, 0), 10)
        return min(longer, self.longest) * (1 + self._chance() / 5)
