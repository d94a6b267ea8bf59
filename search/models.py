"""What the search keeps in the database: how far each index has read the log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderCursor(models.Model):
    """A reader's report. Its true cursor lies beside its index; this is what pruning and status look at."""

    name = models.CharField(max_length=200, unique=True)
    cursor = models.PositiveBigIntegerField(default=0)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reader of the log")
        verbose_name_plural = _("readers of the log")

    def __str__(self) -> str:
        return f"{self.name}: {self.cursor}"
