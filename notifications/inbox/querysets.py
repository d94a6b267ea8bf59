"""Reads of follows and news, as verbs that chain."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

# A claim that is older was left by a worker that died.
CLAIM_LASTS = timedelta(minutes=15)
# A mail that may have left without being noted is tried once more, and never again.
MOST_TRIES = 2


def unread_of_person() -> Any:
    """How much is new to a person, in a query of people."""
    from notifications.models import News

    unread = News.objects.filter(person=OuterRef("pk"), read=None).order_by().values("person")
    return Coalesce(Subquery(unread.annotate(all=Count("pk")).values("all")), 0)


class FollowQuerySet(models.QuerySet[Any]):
    """Follows."""

    def of(self, person: Any) -> "FollowQuerySet":
        """One person's own."""
        return self.filter(person=person)

    def of_things(self, things: Iterable[tuple[str, int]]) -> "FollowQuerySet":
        """Those of any of these things."""
        wanted = Q(pk__in=())
        for kind, item_id in things:
            wanted |= Q(kind=kind, item_id=item_id)
        return self.filter(wanted)


class NewsQuerySet(models.QuerySet[Any]):
    """News."""

    def of(self, person: Any) -> "NewsQuerySet":
        """What one person was told."""
        return self.filter(person=person)

    def unread(self) -> "NewsQuerySet":
        """What nobody has marked as read."""
        return self.filter(read=None)

    def with_pace(self) -> "NewsQuerySet":
        """With `pace`: how soon it leaves by mail as things are now; a follow that is gone sends none."""
        direct = Coalesce("person__mailbox__pace", Value("at_once"))
        return self.annotate(
            pace=Case(When(direct=True, then=direct), default=Coalesce("follow__pace", Value("off")))
        )

    def waiting(self, now: datetime) -> "NewsQuerySet":
        """What is to be mailed and nobody else is mailing."""
        free = Q(claimed=None) | Q(claimed__lt=now - CLAIM_LASTS)
        return self.filter(free, settled=None, tries__lt=MOST_TRIES)

    def due(self, now: datetime) -> "NewsQuerySet":
        """Waiting news whose time has come: a digest leaves when the oldest of it is a day, or a week, old."""
        day, week = now - timedelta(days=1), now - timedelta(days=7)
        time = Q(pace="at_once") | Q(pace="daily", when__lte=day) | Q(pace="weekly", when__lte=week)
        able = self.filter(person__is_active=True, person__mailbox__paused=None).exclude(person__email="")
        return able.with_pace().waiting(now).filter(time)

    def claim(self, now: datetime) -> int:
        """Say that these are being mailed now; returns how many were free."""
        return self.update(claimed=now, tries=F("tries") + 1)
