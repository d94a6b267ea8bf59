"""Follows, what became news to somebody, and what was mailed."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.inbox.querysets import FollowQuerySet, NewsQuerySet

PERSON = settings.AUTH_USER_MODEL


class Pace(models.TextChoices):
    """How soon news leaves by mail."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("only on the site")


PERIODS = {Pace.DAILY: timedelta(days=1), Pace.WEEKLY: timedelta(days=7)}


class Follow(models.Model):
    """Somebody wants to hear of a thing. The thing is named as in the log: kind and number."""

    person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, related_name="follows", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("number"))
    pace = models.CharField(_("news by mail"), max_length=8, choices=Pace.choices, default=Pace.DAILY)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects: ClassVar[FollowQuerySet] = FollowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "item_id"], name="follow_once")]
        indexes = [models.Index(fields=["kind", "item_id"], name="follow_thing")]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")

    def __str__(self) -> str:
        return f"{self.person} → {self.kind} {self.item_id}"


class News(models.Model):
    """Something that happened, as it concerns one person: in their inbox, and in at most one mail."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="news")
    # The number of the happening; the happening itself is forgotten earlier.
    happening = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    # What mails are bundled by: the page or question that it is about, as `kind:number`.
    thread = models.CharField(max_length=64)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    # Why they are told: it concerns them, or they follow something.
    direct = models.BooleanField(default=False)
    follow = models.ForeignKey(Follow, null=True, on_delete=models.SET_NULL, related_name="news")
    when = models.DateTimeField(_("when"), default=timezone.now)
    read = models.DateTimeField(_("read"), null=True)
    # When it was mailed, or it was decided that it is not; empty while it waits.
    settled = models.DateTimeField(null=True)
    # Somebody is at it since then, for the so manieth time.
    claimed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[NewsQuerySet] = NewsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-when", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "happening"], name="news_once")]
        indexes = [
            models.Index(fields=["person", "-when"], name="news_inbox"),
            models.Index(fields=["person"], condition=models.Q(settled=None), name="news_waiting"),
            models.Index(fields=["person"], condition=models.Q(read=None), name="news_unread"),
        ]
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def __str__(self) -> str:
        return f"{self.person}: {self.verb} {self.kind} {self.item_id}"


class Mailbox(models.Model):
    """How somebody's mail about news goes. Without a row: what concerns them at once, nothing paused."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, primary_key=True, related_name="mailbox")
    pace = models.CharField(
        _("news that concerns me"), max_length=8, choices=Pace.choices, default=Pace.AT_ONCE
    )
    refusals = models.PositiveSmallIntegerField(default=0)
    # No more mail since then, because the address refused it.
    paused = models.DateTimeField(_("paused"), null=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return f"{self.person}: {self.pace}"


class Outcome(models.TextChoices):
    """What became of a mail."""

    SENT = "sent", _("taken by the mail server")
    REFUSED = "refused", _("refused by the mail server")
    BOUNCED = "bounced", _("came back")


class Delivery(models.Model):
    """One mail to one person: when, which, and what became of it. Never what it said."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="deliveries")
    when = models.DateTimeField(_("when"), default=timezone.now)
    pace = models.CharField(_("kind of mail"), max_length=8, choices=Pace.choices)
    thread = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(_("news in it"), default=0)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)

    class Meta:
        ordering = ["-when", "-pk"]
        indexes = [models.Index(fields=["person", "-when"], name="delivery_person")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.person} {self.when:%Y-%m-%d %H:%M} {self.outcome}"


class Reached(models.Model):
    """How far the happenings have been told."""

    name = models.CharField(max_length=20, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("cursor")
        verbose_name_plural = _("cursors")

    def __str__(self) -> str:
        return f"{self.name}: {self.seq}"
