"""What people did that others may want to hear of: a second outbox, beside the log of changes.

The row is written in the transaction of the deed, so neither exists without the other. Whoever tells people
reads the rows in order, and asks anew what is there and who may see it: a row says only what happened to what.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.log import take_sequence_lock

BATCH = 5_000


class Happening(models.Model):
    """Somebody did something with a thing. `verb` is of the app that says it, as in `comment.added`."""

    seq = models.BigAutoField(primary_key=True)
    verb = models.CharField(max_length=40)
    # The thing, named as in the log.
    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    # Nobody: the site itself, a deed of somebody whose account is gone, or one whose author is not told.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Whom it concerns, followers or not: the numbers of people.
    to = models.JSONField(default=list)
    when = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("happening")
        verbose_name_plural = _("happenings")

    def __str__(self) -> str:
        return f"{self.seq}: {self.verb} {self.kind} {self.item_id}"


def happened(verb: str, kind: str, item_id: int, *, by: Any = None, to: Iterable[int] = ()) -> Happening:
    """Write down what happened, inside the transaction in which it does. `to` names whom it concerns anyway."""
    take_sequence_lock()
    return Happening.objects.create(verb=verb, kind=kind, item_id=item_id, by=by, to=sorted(set(to)))


def prune(*, told: int) -> int:
    """Remove a batch of what is old, up to the row `told` that people have heard of. Returns how many rows that was."""
    before = timezone.now() - timedelta(days=settings.LOG_KEEP_DAYS)
    old = Happening.objects.filter(when__lt=before, seq__lte=told)
    return Happening.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0]
