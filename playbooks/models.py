"""A playbook: how to do it again, step by step, wherever you are."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.fields import StreamField

from library.choices import CostBand
from library.models import LibraryPage
from library.querysets import LibraryManager
from playbooks import panels
from playbooks.blocks import ChangeBlock, RoleBlock, StepBlock
from playbooks.choices import Status


class PlaybookTag(TaggedItemBase):
    """A free tag on a playbook."""

    content_object = ParentalKey(
        "playbooks.PlaybookPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class PlaybookPage(LibraryPage):
    """How to do it again. Steps have stable identifiers; versions have a changelog."""

    kind = "playbook"

    version = models.CharField(_("version"), max_length=20, default="0.1")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    changelog = StreamField([("change", ChangeBlock())], blank=True, verbose_name=_("changelog"))

    when_to_use = models.TextField(_("when to use it"))
    when_not_to_use = models.TextField(_("when not to use it"))
    suited_sizes = models.CharField(_("suited sizes"), max_length=250, blank=True)
    legal_setting = models.CharField(_("legal setting"), max_length=300, blank=True)
    prerequisites = models.TextField(_("prerequisites"), blank=True)

    roles = StreamField([("role", RoleBlock())], blank=True, verbose_name=_("roles"))
    staff_time = models.CharField(_("staff time"), max_length=160, blank=True)
    cost_band = models.CharField(_("cost"), max_length=12, choices=CostBand.choices, blank=True)
    duration = models.CharField(_("duration"), max_length=80, blank=True)

    steps = StreamField([("step", StepBlock())], min_num=1, verbose_name=_("steps"))
    checks = models.TextField(_("privacy, accessibility and security checks"), blank=True)
    measures = models.TextField(_("measures of success"), blank=True)
    way_out = models.TextField(_("way out"), blank=True, help_text=_("How to stop without harm."))

    based_on = ParentalManyToManyField(
        "wagtailcore.Page", blank=True, related_name="+", verbose_name=_("based on")
    )
    adapted_from = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("adapted from"),
    )
    maintainer = models.CharField(_("maintained by"), max_length=160, blank=True)

    tags = ClusterTaggableManager(through=PlaybookTag, blank=True, verbose_name=_("tags"))

    markdown_fields = ("when_to_use", "when_not_to_use", "prerequisites", "checks", "measures", "way_out")
    card_fields = ("steps", "cost_band")
    required_fields = (
        "title", "summary", "municipality", "service_areas", "version", "status", "when_to_use", "when_not_to_use", "steps",
    )  # fmt: skip
    useful_fields = (
        "prerequisites", "roles", "staff_time", "cost_band", "duration", "checks", "measures", "way_out", "changelog",
        "maintainer",
    )  # fmt: skip

    edit_handler = TabbedInterface(
        [
            ObjectList(panels.ESSENTIALS, heading=_("Essentials")),
            ObjectList(panels.STEPS, heading=_("Steps")),
            ObjectList(panels.FIT, heading=_("Fit and effort")),
            ObjectList(panels.SAFETY, heading=_("Checks and measures")),
            ObjectList(panels.MEDIA, heading=_("Media and reuse")),
            ObjectList(panels.LIFE, heading=_("Life")),
        ]
    )
    template = "playbooks/playbook_page.html"
    objects: ClassVar[Any] = LibraryManager()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")

    def sources(self) -> Any:
        return PlaybookPage.based_on.through.objects.filter(playbookpage=self.pk).values("page")

    def markdown_sources(self) -> Mapping[str, str]:
        # Gives new steps their identifiers, which Wagtail would do later, when it saves.
        self.steps.get_prep_value()
        steps = {f"step:{step.id}": step.value["instruction"] or "" for step in self.steps}
        return {**super().markdown_sources(), **steps}
