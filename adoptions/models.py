"""Adoption: a municipality's own record that it takes up a case study or playbook, with its states over time."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel

from adoptions.querysets import AdoptionQuerySet
from library.forms import ThingForm
from library.panels import RECORDS
from library.thanks import Thanked
from members.audience import WITHOUT_GROUPS, Audience


class State(models.TextChoices):
    """How far a municipality is with what it takes up."""

    CONSIDERING = "considering", _("considering")
    PLANNING = "planning", _("planning")
    PILOTING = "piloting", _("piloting")
    LIVE = "live", _("live")
    ADAPTED = "adapted", _("adapted")
    DECLINED = "declined", _("decided against")
    STOPPED = "stopped", _("stopped")


# States that nobody can learn from without a reason.
NEED_A_REASON = (State.DECLINED, State.STOPPED)


class Adoption(Thanked):
    """Declared by the adopter, never by the source. One record for each municipality and source.

    The record says how it stands now; its steps say how it came to that.
    """

    # The name of this kind in happenings.
    kind = "adoption"

    municipality = models.ForeignKey(
        "members.MunicipalityPage",
        on_delete=models.CASCADE,
        related_name="adoptions",
        verbose_name=_("municipality"),
    )
    source = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="taken_up",
        verbose_name=_("case study or playbook"),
    )
    version = models.CharField(_("version"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    since = models.DateField(_("in this state since"), default=timezone.localdate)
    changes = models.TextField(_("what was changed"), blank=True, max_length=2000)
    reason = models.TextField(
        _("reason"),
        blank=True,
        max_length=1000,
        help_text=_("Above all when you decided against or stopped."),
    )
    months_saved = models.DecimalField(
        _("months saved"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Your own estimate of the time this saved you."),
    )
    may_contact = models.BooleanField(_("peers may contact us"), default=True)
    audience = models.CharField(_("audience"), max_length=20, choices=WITHOUT_GROUPS, default=Audience.PUBLIC)
    updated = models.DateTimeField(auto_now=True)

    panels = [
        RECORDS,
        FieldPanel("municipality"),
        PageChooserPanel("source", ["casestudies.CaseStudyPage", "playbooks.PlaybookPage"]),
        MultiFieldPanel([FieldPanel(n) for n in ("state", "since", "version")], heading=_("State")),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("changes", "reason", "months_saved", "may_contact")],
            heading=_("For your peers"),
        ),
        FieldPanel("audience"),
    ]
    base_form_class = ThingForm
    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "source"], name="one_adoption_each")]
        ordering = ["-since", "-pk"]
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("adoptions:record", args=[self.pk])


class AdoptionStep(models.Model):
    """One state of an adoption, as it was declared. What was said wrongly stays, marked as corrected."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    since = models.DateField(_("in this state since"))
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="adoption_steps"
    )
    noted = models.DateTimeField(_("noted"), default=timezone.now)
    corrected = models.DateTimeField(_("corrected"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        verbose_name = _("step of an adoption")
        verbose_name_plural = _("steps of adoptions")

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.since}"
