"""The outbox: one row for each change that somebody outside the transaction must hear of.

The row is written in the transaction of the change itself, so neither exists without
the other. Readers (search indexes, later mail) keep a cursor of their own.
"""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# Any constant will do; it names our lock among PostgreSQL's advisory locks.
_SEQUENCE_LOCK = 7_270_001


class Reason(models.TextChoices):
    """Why an entry was written. Readers take audience changes and deletions first."""

    CONTENT = "content", _("content changed")
    AUDIENCE = "audience", _("audience changed")
    DELETE = "delete", _("deleted or unpublished")


# What must no longer be seen; everything else may wait its turn.
URGENT = (Reason.AUDIENCE, Reason.DELETE)


class LogEntry(models.Model):
    """One change to one item: which, and why; never its content."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=10, choices=Reason.choices, default=Reason.CONTENT)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "item_id"], name="log_item"),
            models.Index(fields=["seq"], name="log_urgent", condition=models.Q(reason__in=URGENT)),
        ]
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.item_id} ({self.reason})"


def take_sequence_lock() -> None:
    """Make sequence order equal commit order, so that no reader's cursor steps over a late commit.

    SQLite has one writer at a time by nature; PostgreSQL needs a lock held until commit.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEQUENCE_LOCK])
