"""Telling the rest of the house that something changed."""

from collections.abc import Callable, Iterable

from django.db import transaction

from core import pagecache
from core.log import LogEntry, Reason, take_sequence_lock

_BATCH = 1_000


def record(kind: str, item_id: int, reason: str = Reason.CONTENT) -> LogEntry:
    """Write the log entry of a change, inside the transaction of the change itself.

    Cached anonymous pages are dropped when, and only when, that transaction commits.
    """
    with transaction.atomic():
        take_sequence_lock()
        entry = LogEntry.objects.create(kind=kind, item_id=item_id, reason=reason)
    public_content_changed()
    return entry


def record_all(kind: str, item_ids: Iterable[int], reason: str = Reason.CONTENT) -> int:
    """Write the entries of many items at once; returns how many. For what belongs to something that changed."""
    with transaction.atomic():
        take_sequence_lock()
        entries = [LogEntry(kind=kind, item_id=pk, reason=reason) for pk in item_ids]
        LogEntry.objects.bulk_create(entries, batch_size=_BATCH)
    if entries:
        public_content_changed()
    return len(entries)


def public_content_changed() -> None:
    """Say that something visible on public pages changed, without a log entry of its own."""
    after_commit(pagecache.invalidate)


def after_commit(action: Callable[[], object]) -> None:
    """Run `action` once the current transaction has committed; never if it rolls back."""
    transaction.on_commit(action, robust=True)
