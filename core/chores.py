"""What is to be done again and again beside the requests: apps register it, the worker does it.

A chore is a function without arguments that does a bounded amount of work and returns how much it did.
Everything it needs to know lies in the database, so it may be stopped anywhere and started anywhere.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

PAUSE_AFTER_TROUBLE = 30.0

Work = Callable[[], int]


@dataclass
class Chore:
    """One chore: `every` seconds at most, at once again while there is more to do.

    Chores of one lane are done one after the other, lanes beside each other: what waits for a server of
    somebody else's has a lane of its own.
    """

    name: str
    work: Work
    every: float
    lane: str = "main"
    due: float = field(default=0.0)


_chores: dict[str, Chore] = {}


def register(name: str, work: Work, *, every: float = 1.0, lane: str = "main") -> None:
    """Have the worker do this; a second registration under the same name replaces the first."""
    _chores[name] = Chore(name, work, every, lane)


def lanes() -> list[str]:
    """The lanes there are."""
    return sorted({chore.lane for chore in _chores.values()})


def run_due(lane: str = "main", clock: Callable[[], float] = time.monotonic) -> int:
    """Do each chore of the lane that is due; returns how much was done.

    One chore's trouble leaves the others alone.
    """
    mine = [chore for chore in list(_chores.values()) if chore.lane == lane]
    return sum(_run(chore, clock) for chore in mine if chore.due <= clock())


def _run(chore: Chore, clock: Callable[[], float]) -> int:
    try:
        done = chore.work()
    except Exception:
        logger.exception("the chore %s failed; it is tried again in %d s", chore.name, PAUSE_AFTER_TROUBLE)
        chore.due = clock() + PAUSE_AFTER_TROUBLE
        return 0
    chore.due = clock() + (0.0 if done else chore.every)
    return done


def finish(limit: int = 10_000) -> None:
    """Do everything there is to do now, whether due or not (commands, demo, tests)."""
    for chore in list(_chores.values()):
        for _ in range(limit):
            if not chore.work():
                break
