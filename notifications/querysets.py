"""Reads of saved searches and notices, as verbs that chain."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
# A claim that is older was left by a worker that died.
CLAIM_LASTS = timedelta(minutes=15)
# What could not be sent for so long is no news any more.
GIVE_UP = timedelta(hours=24)
# A mail that may have left without being noted is tried once more, and never again.
MOST_TRIES = 2


class SavedSearchQuerySet(models.QuerySet[Any]):
    """Saved searches."""

    def of(self, person: Any) -> "SavedSearchQuerySet":
        """One person's own."""
        return self.filter(person=person)

    def with_mail(self) -> "SavedSearchQuerySet":
        """Those that somebody wants mail about, and can get it."""
        return self.filter(cadence__in=PERIODS, person__is_active=True).exclude(person__email="")

    def due(self, now: datetime) -> "SavedSearchQuerySet":
        """Those whose time has come to be looked at again, or for the first time."""
        waited = (Q(cadence=name, looked__lte=now - period) for name, period in PERIODS.items())
        ready = Q(looked=None)
        for condition in waited:
            ready |= condition
        return self.with_mail().filter(ready).select_related("person")


class NoticeQuerySet(models.QuerySet[Any]):
    """Notices."""

    def waiting(self, now: datetime) -> "NoticeQuerySet":
        """Those to be sent that nobody else is sending, and that nobody has just refused."""
        free = Q(claimed=None) | Q(claimed__lt=now - CLAIM_LASTS)
        return self.filter(free, sent=None, tries__lt=MOST_TRIES, found__gt=now - GIVE_UP)
