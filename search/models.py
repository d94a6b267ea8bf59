"""What the search keeps in the database: how far each index has read the log, the thesaurus, what is wanted."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReaderCursor(models.Model):
    """A reader's report. Its true cursor lies beside its index; this is what pruning and status look at."""

    name = models.CharField(_("index"), max_length=200, unique=True)
    cursor = models.PositiveBigIntegerField(_("read to"), default=0)
    updated = models.DateTimeField(_("last heard of"), auto_now=True)
    trouble = models.TextField(_("trouble"), blank=True)
    trouble_since = models.DateTimeField(_("since"), null=True, blank=True)
    compared = models.DateTimeField(_("last compared"), null=True, blank=True)
    findings = models.JSONField(_("what was found"), default=dict, blank=True)

    class Meta:
        verbose_name = _("reader of the log")
        verbose_name_plural = _("readers of the log")

    def __str__(self) -> str:
        return f"{self.name}: {self.cursor}"


class ParkedItem(models.Model):
    """An item that an index does not take. It has left that index, and is tried again a few times."""

    reader = models.CharField(_("index"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40)
    item_id = models.PositiveBigIntegerField(_("item"))
    error = models.TextField(_("error"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due = models.DateTimeField(
        _("next attempt"), null=True, blank=True, help_text=_("Empty when nobody tries any more.")
    )

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "item_id"], name="parked_once")]
        indexes = [models.Index(fields=["reader", "due"], name="parked_due")]
        verbose_name = _("item that can’t be indexed")
        verbose_name_plural = _("items that can’t be indexed")

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"


class TermGroup(models.Model):
    """Terms that mean the same to somebody who searches. One group holds both languages and acronyms."""

    name = models.SlugField(
        _("name"), max_length=80, unique=True, help_text=_("Tells the groups apart; stays as it is.")
    )
    english = models.TextField(_("English terms"), blank=True, help_text=_("One on each line."))
    french = models.TextField(_("French terms"), blank=True, help_text=_("One on each line."))
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Switch a group off rather than delete it.")
    )
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("group of terms")
        verbose_name_plural = _("groups of terms")

    def __str__(self) -> str:
        english, french = self.terms()
        return " = ".join([*english, *french])

    def terms(self) -> tuple[list[str], list[str]]:
        """The English and the French terms."""
        return _lines(self.english), _lines(self.french)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class WantedSearch(models.Model):
    """Words that found nothing, how often and when last; not who typed them."""

    query = models.CharField(_("searched for"), max_length=120, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_seen = models.DateTimeField(_("last time"), default=timezone.now)

    class Meta:
        ordering = ["-count", "-last_seen"]
        verbose_name = _("wanted search")
        verbose_name_plural = _("wanted searches")

    def __str__(self) -> str:
        return self.query
