"""Municipalities as pages: their case studies and playbooks are their children in the tree,
so Wagtail's own page permissions say who edits what."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page

from core.licences import Licence
from core.pages import BasePage
from members.audience import WITHOUT_GROUPS, Audience
from members.editor.tester import MunicipalityTester
from members.population import Band, band_of
from members.querysets import MunicipalityManager
from members.regions import Region


class Tier(models.TextChoices):
    """How a municipality stands in Ontario's two-tier system."""

    SINGLE = "single", _("single-tier")
    UPPER = "upper", _("upper-tier")
    LOWER = "lower", _("lower-tier")
    SEPARATED = "separated", _("single-tier, separated")
    NONE = "none", _("not a municipality")


class Status(models.TextChoices):
    """What a municipality calls itself by law."""

    CITY = "city", _("City")
    TOWN = "town", _("Town")
    TOWNSHIP = "township", _("Township")
    MUNICIPALITY = "municipality", _("Municipality")
    VILLAGE = "village", _("Village")
    COUNTY = "county", _("County")
    REGION = "region", _("Regional municipality")
    DISTRICT = "district", _("District municipality")
    UNITED_COUNTIES = "united counties", _("United counties")
    ORGANISATION = "organisation", _("Organisation")


class MunicipalityIndexPage(BasePage):
    """All municipalities, by name, region and tier."""

    max_count = 1
    parent_page_types = ["core.HomePage"]
    subpage_types = ["members.MunicipalityPage"]
    template = "members/municipality_index_page.html"

    class Meta:
        verbose_name = _("list of municipalities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from members.directory import municipality_directory

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | municipality_directory(request)


class MunicipalityPage(BasePage):
    """One municipality: who they are, their upper tier and members, what they published and adopted."""

    # The name of this kind in the log and in search.
    kind = "municipality"

    official_name = models.CharField(
        _("official name"),
        max_length=160,
        unique=True,
        help_text=_("As in law, for example “Town of Innisfil”."),
    )
    status = models.CharField(_("status"), max_length=30, choices=Status.choices)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    upper_tier = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lower_tiers",
        verbose_name=_("upper tier"),
    )
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="municipalities",
        verbose_name=_("region"),
    )
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, help_text=_("2021 Census.")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    contact_mailbox = models.EmailField(
        _("contact mailbox"), blank=True, help_text=_("A role, not a person: digital@town.ca outlives a job.")
    )
    about = models.TextField(_("about"), blank=True, max_length=2000)
    is_member = models.BooleanField(_("has joined"), default=False)
    logo = models.ForeignKey(
        "core.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("logo"),
    )  # fmt: skip
    # What new items begin with; whoever writes one may choose otherwise.
    default_licence = models.CharField(
        _("usual licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY
    )
    default_audience = models.CharField(
        _("usual audience"), max_length=20, choices=WITHOUT_GROUPS, default=Audience.PUBLIC
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(n) for n in ("official_name", "status", "tier", "region", "population")]
            + [PageChooserPanel("upper_tier", "members.MunicipalityPage")],
            heading=_("Who they are"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("website", "contact_mailbox", "about", "is_member")],
            heading=_("How to reach them"),
        ),
        MultiFieldPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Place")),
    ]
    parent_page_types = ["members.MunicipalityIndexPage"]
    subpage_types = ["casestudies.CaseStudyPage", "playbooks.PlaybookPage"]
    template = "members/municipality_page.html"

    objects = MunicipalityManager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    @property
    def population_band(self) -> Band | None:
        """The size band that peers are compared in; None where the population is not known."""
        return band_of(self.population)

    @classmethod
    def for_serving(cls, pk: int) -> "MunicipalityPage":
        return cls.objects.select_related("region", "upper_tier", "logo").get(pk=pk)

    def permissions_for_user(self, user: Any) -> MunicipalityTester:
        return MunicipalityTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        lower = self.lower_tiers.live().order_by("title") if self.tier == Tier.UPPER else []
        from members.roles.rules import may_manage_people

        user = getattr(request, "user", None)
        manages = user is not None and may_manage_people(user, self)
        return context | {
            "lower_tiers": lower,
            "may_manage": manages,
            "sections": self.sections(request, "municipality"),
        }
