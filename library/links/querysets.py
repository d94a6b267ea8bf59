"""Reads of outbound links, as verbs that chain."""

from datetime import datetime
from typing import Any

from django.db import models


class LinkQuerySet(models.QuerySet[Any]):
    """Outbound links of live items."""

    def broken(self) -> "LinkQuerySet":
        """Those that lead nowhere any more."""
        return self.filter(state="broken")

    def due(self, now: datetime) -> "LinkQuerySet":
        """Those to ask now, the longest waiting first; hosts that rest are left alone."""
        from library.links.models import LinkHost

        resting = LinkHost.objects.filter(rests_until__gt=now).values("host")
        return self.filter(due__lte=now).exclude(host__in=resting).order_by("due", "pk")

    def asked_since(self, when: datetime) -> int:
        """How many addresses were asked since then; one that stands on many pages is asked once."""
        return self.filter(last_checked__gt=when).values("url").distinct().count()

    def worked_since(self, when: datetime) -> bool:
        """Whether any link was found to work since then."""
        return self.filter(state="works", last_checked__gte=when).exists()
