"""Outbound links of items, what became of each, and which servers rest."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.links.querysets import LinkQuerySet

# On so many days in a row a page was not there, or its server in trouble, before a link counts as broken.
DAYS_GONE = 3
DAYS_IN_TROUBLE = 7
MAX_URL = 1_000


class State(models.TextChoices):
    """What is known of a link."""

    NEW = "new", _("not checked yet")
    WORKS = "works", _("works")
    FAILING = "failing", _("fails, not for long enough yet")
    BROKEN = "broken", _("leads nowhere")
    UNKNOWN = "unknown", _("could not be told")


class OutboundLink(models.Model):
    """A link of a live item to another site. Stays as long as the live page has it."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="outbound_links")
    url = models.CharField(_("address"), max_length=MAX_URL, db_index=True)
    host = models.CharField(_("host"), max_length=253)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    due = models.DateTimeField(_("due"), default=timezone.now, db_index=True)
    last_checked = models.DateTimeField(_("last checked"), null=True, db_index=True)
    failures = models.PositiveSmallIntegerField(_("days of failure in a row"), default=0)
    first_failed = models.DateField(_("first failed"), null=True)
    last_failed = models.DateField(_("last failed"), null=True)

    objects = LinkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outbound link")
        verbose_name_plural = _("outbound links")
        constraints = [models.UniqueConstraint(fields=["page", "url"], name="one_row_per_page_and_link")]

    def __str__(self) -> str:
        return f"{self.url} ({self.state})"

    def failed(self, now: datetime, *, gone: bool) -> None:
        """Note a failure: a page that is gone counts sooner than a server in trouble, two on one day as one."""
        today = timezone.localdate(now)
        if self.last_failed != today:
            self.failures += 1
        self.first_failed, self.last_failed = self.first_failed or today, today
        enough = self.failures >= (DAYS_GONE if gone else DAYS_IN_TROUBLE)
        self.state = State.BROKEN if enough or self.state == State.BROKEN else State.FAILING
        self.due = now + (again_soon() if self.state == State.BROKEN else timedelta(days=1))


def again_soon() -> timedelta:
    """When a link is asked again that is broken, or of which nothing could be told."""
    return timedelta(days=min(settings.LINK_CHECK_DAYS, 7))


class LinkHost(models.Model):
    """A server that is left alone until a moment: it was asked a moment ago, or said so itself."""

    host = models.CharField(_("host"), max_length=253, unique=True)
    rests_until = models.DateTimeField(_("rests until"), db_index=True)

    class Meta:
        verbose_name = _("host of links")
        verbose_name_plural = _("hosts of links")

    def __str__(self) -> str:
        return f"{self.host}: {self.rests_until}"


class LinksTaken(models.Model):
    """That the links of an item were taken from the revision that was live."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="links_taken")
    revision = models.BigIntegerField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("links taken")
        verbose_name_plural = _("links taken")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision}"
