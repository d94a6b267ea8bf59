"""The log as its readers see it, and the current state of the items that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice

from django.db.models import Max

from core.log import URGENT, LogEntry
from search import registry
from search.documents import Rejected, Tombstone, key_of
from search.engines.base import Change

# Items that are read, and written, at once.
BATCH = 300

Item = tuple[str, int]


def head() -> int:
    """The newest sequence in the log."""
    return int(LogEntry.objects.aggregate(head=Max("seq"))["head"] or 0)


def oldest() -> int:
    """The oldest sequence that has not been pruned; 0 for an empty log."""
    return LogEntry.objects.order_by("seq").values_list("seq", flat=True).first() or 0


def entries(after: int, upto: int, *, urgent: bool = False) -> list[tuple[int, Item]]:
    """The next entries: their numbers and items.

    Never beyond what was the newest before: what came later belongs to a later version of its item.
    """
    wanted = LogEntry.objects.filter(seq__gt=after, seq__lte=upto).order_by("seq")
    if urgent:
        wanted = wanted.filter(reason__in=URGENT)
    found = wanted.values_list("seq", "kind", "item_id")[:BATCH]
    return [(seq, (kind, item_id)) for seq, kind, item_id in found]


def changed_since(after: int, items: Iterable[Item]) -> set[Item]:
    """Those of these items that the log names after a sequence."""
    wanted = set(items)
    late = LogEntry.objects.filter(seq__gt=after, item_id__in={item_id for _, item_id in wanted})
    return wanted & set(late.values_list("kind", "item_id"))


def current_state(items: Iterable[Item], version: int) -> tuple[list[Change], list[Rejected]]:
    """The items as they are now, those that are gone as tombstones; and those that can't be indexed."""
    changes: list[Change] = []
    rejected: list[Rejected] = []
    for kind, group in groupby(sorted(set(items)), key=lambda item: item[0]):
        wanted = [item_id for _, item_id in group]
        made, failed = registry.documents(kind, wanted)
        rejected += failed
        found = {document.item_id: replace(document, version=version) for document in made}
        broken = {each.key for each in failed}
        changes += found.values()
        gone = (key_of(kind, item_id) for item_id in wanted if item_id not in found)
        changes += [Tombstone(key, version) for key in gone if key not in broken]
    return changes, rejected


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
