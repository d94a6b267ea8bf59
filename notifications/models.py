"""What people asked to be told of, and what they were told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.inbox.models import Delivery, Follow, Mailbox, News, Reached
from notifications.querysets import NoticeQuerySet, SavedSearchQuerySet

__all__ = ["Cadence", "Delivery", "Follow", "Mailbox", "News", "Notice", "Reached", "SavedSearch"]


class Cadence(models.TextChoices):
    """How often mail comes."""

    OFF = "off", _("no mail")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")


class SavedSearch(models.Model):
    """A search under a name. `query` is the query part of its address, without layout and page."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("search"), blank=True)
    # Mail about it comes in the language in which it was saved.
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    cadence = models.CharField(_("news by mail"), max_length=6, choices=Cadence.choices, default=Cadence.OFF)
    created = models.DateTimeField(_("saved"), default=timezone.now)
    # When its results were last looked at; empty until they were for the first time.
    looked = models.DateTimeField(_("last looked at"), null=True, blank=True)
    # Part of the feed's address; empty: there is no feed. A new one puts the old address out of use.
    feed_key = models.CharField(max_length=32, blank=True)

    objects: ClassVar[SavedSearchQuerySet] = SavedSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The search itself, in the language of the interface."""
        address = reverse("search:results" if "q=" in self.query else "search:browse")
        return f"{address}?{self.query}" if self.query else address


class Notice(models.Model):
    """One item that somebody knows of, or is to hear of, by one saved search: the reason it comes only once."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    found = models.DateTimeField(default=timezone.now)
    # When the mail about it had left, or the item was already known; empty while it waits.
    sent = models.DateTimeField(null=True, blank=True)
    # Somebody is at it since then, for the so manieth time.
    claimed = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "kind", "item_id"], name="one_notice_each")]
        indexes = [models.Index(fields=["search"], condition=models.Q(sent=None), name="notice_waiting")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.search}: {self.kind} {self.item_id}"
