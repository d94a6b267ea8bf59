"""Lines of the log go when their time is over; until then nothing in the site removes one."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

BATCH = 2_000


def prune() -> int:
    """Remove a batch of lines older than `AUDIT_KEEP_DAYS`; 0 days keeps all. Returns how many went."""
    if not settings.AUDIT_KEEP_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.AUDIT_KEEP_DAYS)
    models: list[Any] = [PageLogEntry, ModelLogEntry]
    return sum(_prune(model, before) for model in models)


def _prune(model: Any, before: Any) -> int:
    old = model.objects.filter(timestamp__lt=before).order_by("timestamp")
    batch = list(old.values_list("pk", flat=True)[:BATCH])
    return int(model.objects.filter(pk__in=batch).delete()[0])
