"""Leaves a failing engine alone for a few seconds instead of waiting for it again and again."""

import time
from collections.abc import Callable


class Breaker:
    """Open after a failure, until the pause is over; then the next search tries again."""

    def __init__(self, pause: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.pause = pause
        self._clock = clock
        self._closed_at = float("-inf")

    @property
    def is_open(self) -> bool:
        """Whether to leave the engine alone."""
        return self._clock() < self._closed_at

    def trip(self) -> None:
        """Note a failure."""
        self._closed_at = self._clock() + self.pause
