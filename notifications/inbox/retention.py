"""News and the log of deliveries are forgotten in time."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core import happenings
from notifications.inbox import telling
from notifications.inbox.models import Delivery, News

BATCH = 2_000


def forget() -> int:
    """Remove a batch of what is older than the settings say; returns how many rows that was."""
    removed = 0
    for model, days in ((News, settings.NEWS_KEEP_DAYS), (Delivery, settings.DELIVERIES_KEEP_DAYS)):
        if days:
            old = model.objects.filter(when__lt=timezone.now() - timedelta(days=days)).order_by()
            removed += model.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0]
    return removed


def prune_happenings() -> int:
    """Remove a batch of old happenings, none before people were told of it; returns how many that was."""
    return happenings.prune(told=telling.told())
