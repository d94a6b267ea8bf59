"""Reports, decisions, what is hidden, who is suspended, and whose first posts are looked at."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """What is wrong with it, in the words of whoever reports or decides."""

    PERSONAL = "personal", _("Personal or confidential information")
    INSULT = "insult", _("Insulting or discriminating")
    ADVERTISING = "advertising", _("Advertising or spam")
    WRONG = "wrong", _("False or misleading")
    OFF_TOPIC = "off_topic", _("Does not belong here")
    UNLAWFUL = "unlawful", _("Against the law or somebody’s rights")
    OTHER = "other", _("Something else")


class Verdict(models.TextChoices):
    """What was decided. The words are for whoever wrote the thing."""

    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    WARNED = "warned", _("warned")
    SUSPENDED = "suspended", _("suspended")
    LIFTED = "lifted", _("suspension ended")
    DISMISSED = "dismissed", _("nothing wrong with it")
    APPROVED = "approved", _("first post let through")
    DECLINED = "declined", _("first post not let through")


class Report(models.Model):
    """Somebody says that something is wrong with a thing. One for each person and thing."""

    # The thing, named as in the log.
    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    by = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("in your words"), blank=True, max_length=1000)
    when = models.DateTimeField(_("reported"), auto_now_add=True)
    decided = models.ForeignKey(
        "discussions.Decision", null=True, on_delete=models.SET_NULL, related_name="reports"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "item_id", "by"], name="reported_once")]
        indexes = [models.Index(fields=["kind", "item_id"], name="report_of_thing")]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}: {self.reason}"


class Decision(models.Model):
    """What a moderator did about a thing or its author, and why. Never changed, never removed."""

    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("in words, for the author"), blank=True, max_length=1000)
    by = models.ForeignKey("members.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # Whose thing it was.
    author = models.ForeignKey("members.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    when = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "item_id"], name="decision_on_thing")]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}: {self.verdict}"


class HiddenQuerySet(models.QuerySet["Hidden"]):
    """Hidden things."""

    def waiting(self) -> "HiddenQuerySet":
        """First posts that nobody has decided on yet."""
        return self.filter(decision=None)

    def decided(self) -> "HiddenQuerySet":
        """What somebody has decided to hide, or not to let through."""
        return self.exclude(decision=None)


class Hidden(models.Model):
    """A thing that others don't see now, and by which decision; without one it is a first post that waits for a check."""

    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    # What the thing needs to be as it was: the revision of a page that was live.
    revision_id = models.PositiveBigIntegerField(null=True)

    objects: ClassVar[Any] = HiddenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "item_id"], name="hidden_once")]
        verbose_name = _("hidden thing")
        verbose_name_plural = _("hidden things")

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"

    @property
    def waits(self) -> bool:
        """Whether it is a first post that nobody has decided on yet."""
        return self.decision_id is None

    @property
    def why(self) -> str:
        """Why it is hidden, in the words that were written for its author."""
        decision = self.decision
        if decision is None:
            return ""
        return ": ".join(part for part in (decision.get_reason_display(), decision.words) if part)

    @property
    def was_declined(self) -> bool:
        """Whether it is a first post that was not let through: nobody was told of it."""
        return self.decision is not None and self.decision.verdict == Verdict.DECLINED


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Suspensions."""

    def open(self) -> "SuspensionQuerySet":
        """Those that have not been ended."""
        return self.filter(ended=None)

    def over(self) -> "SuspensionQuerySet":
        """Those whose time has passed, and that nobody has ended yet."""
        return self.open().filter(until__lte=timezone.now())


class Suspension(models.Model):
    """Somebody cannot sign in until a day, or until a moderator lifts it."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"), auto_now_add=True)
    until = models.DateTimeField(_("until"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)

    objects: ClassVar[Any] = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended=None), name="suspended_once_at_a_time"
            )
        ]
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.until}"


class FirstPostCheck(models.Model):
    """A municipality that wants the first posts of its new people looked at before others see them."""

    municipality = models.OneToOneField(
        "members.MunicipalityPage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("check of first posts")
        verbose_name_plural = _("checks of first posts")

    def __str__(self) -> str:
        return str(self.municipality_id)
