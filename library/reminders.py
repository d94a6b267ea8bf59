"""Somebody who answers for an item was asked whether it is still true."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """Who answers for a stale item was told on a day; later, because nobody answered, its contact mailbox."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="reminder")
    told = models.DateField(_("told"))
    mailbox_told = models.DateField(_("contact mailbox told"), null=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.told}"
