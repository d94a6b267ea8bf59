"""Forgetting what everybody has heard: old entries of the log that all its readers have passed.

The last entry that is passed stays. A reader whose cursor lies before the oldest entry knows by that
that it has missed some.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core.log import LogEntry

BATCH = 5_000

Passed = Callable[[], int]
_readers: dict[str, Passed] = {}


def register(name: str, passed: Passed) -> None:
    """Have the log wait for a reader: `passed` is the sequence that it has read, with all before it."""
    _readers[name] = passed


def prune() -> int:
    """Remove a batch of what is old and read by all; returns how many entries that was."""
    if not _readers:
        return 0
    old = LogEntry.objects.filter(created__lt=timezone.now() - timedelta(days=settings.LOG_KEEP_DAYS))
    passed = old.filter(seq__lte=min(passed() for passed in _readers.values()))
    last = passed.order_by("-seq").values_list("seq", flat=True).first()
    if last is None:
        return 0
    batch = LogEntry.objects.filter(seq__lt=last).order_by("seq").values_list("seq", flat=True)[:BATCH]
    return LogEntry.objects.filter(seq__in=list(batch)).delete()[0]
