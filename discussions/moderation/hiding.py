"""What is hidden, or waits for a check of first posts, is left out of every read by one condition that querysets chain."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from discussions.moderation.models import Hidden
from members.audience import Reader


def not_hidden(kind: str) -> Q:
    """Rows of this kind that others may see: no moderator has hidden them, and they wait for no check."""
    return ~Q(Exists(Hidden.objects.filter(kind=kind, item_id=OuterRef("pk"))))


def not_hidden_or_own(kind: str, reader: Reader) -> Q:
    """Those rows, and what the reader wrote and others don't see (yet). For things that are written `by` somebody."""
    own = Q(by=reader.person_id) if reader.person_id else Q(pk__in=())
    return not_hidden(kind) | own


def waiting(kind: str) -> Q:
    """Rows of this kind that wait for a check of first posts."""
    return Q(Exists(Hidden.objects.waiting().filter(kind=kind, item_id=OuterRef("pk"))))


def among(kind: str, ids: Iterable[int]) -> dict[int, Hidden]:
    """Those of these things that others don't see, each with why."""
    found = Hidden.objects.filter(kind=kind, item_id__in=ids).select_related("decision")
    return {each.item_id: each for each in found}
