"""Items that an index does not take: out of the index, tried again a few times, then left to people."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from search import reports
from search.documents import Rejected, item_of
from search.engines.base import Engine
from search.log import BATCH, Item
from search.models import ParkedItem

# Pauses before each further attempt. After the last, only a change of the item or a person tries again.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1_800, 7_200))
_LONGEST_ERROR = 2_000


def keep(engine: Engine, rejected: Iterable[Rejected], *, again: bool) -> None:
    """Note what was refused; `again` says that it was an attempt of ours and not a change of the item."""
    for each in rejected:
        item = item_of(each.key)
        if item:
            _keep(reports.name_of(engine), item, each.reason[:_LONGEST_ERROR], again)


def _keep(reader: str, item: Item, error: str, again: bool) -> None:
    kind, item_id = item
    row = ParkedItem.objects.filter(reader=reader, kind=kind, item_id=item_id).first()
    row = row or ParkedItem(reader=reader, kind=kind, item_id=item_id)
    row.attempts = row.attempts + 1 if again else 1
    row.error = error
    retry = row.attempts - 1
    row.due = timezone.now() + PAUSES[retry] if retry < len(PAUSES) else None
    row.save()


def forget(engine: Engine, items: Iterable[Item], rejected: Sequence[Rejected] = ()) -> None:
    """These are in the index now, or gone for good, but for those that were refused."""
    rows = ParkedItem.objects.filter(reader=reports.name_of(engine))
    refused = {item_of(each.key) for each in rejected}
    taken = set(items) - refused
    if taken and rows.exists():
        found = rows.filter(item_id__in={item_id for _, item_id in taken})
        done = [
            pk for pk, kind, item_id in found.values_list("pk", "kind", "item_id") if (kind, item_id) in taken
        ]
        rows.filter(pk__in=done).delete()


def forget_others(engine: Engine, rejected: Iterable[Rejected]) -> None:
    """The index was built anew: only what was refused then is still missing in it."""
    refused = {item_of(each.key) for each in rejected}
    rows = ParkedItem.objects.filter(reader=reports.name_of(engine))
    found = rows.values_list("pk", "kind", "item_id")
    rows.filter(pk__in=[pk for pk, kind, item_id in found if (kind, item_id) not in refused]).delete()


def due(engine: Engine) -> list[Item]:
    """What is to be tried again now."""
    rows = ParkedItem.objects.filter(reader=reports.name_of(engine), due__lte=timezone.now())
    return list(rows.order_by("due").values_list("kind", "item_id")[:BATCH])


def known(engine: Engine, items: Iterable[Item]) -> set[Item]:
    """Those of these items that this index is known not to take."""
    wanted = set(items)
    rows = ParkedItem.objects.filter(reader=reports.name_of(engine), item_id__in={pk for _, pk in wanted})
    return wanted & set(rows.values_list("kind", "item_id"))


def try_again(rows: Iterable[ParkedItem]) -> int:
    """Have the worker try these at once, and as often as a new change; returns how many."""
    return ParkedItem.objects.filter(pk__in=[row.pk for row in rows]).update(due=timezone.now(), attempts=0)
