"""A case study: what one municipality did, and what came of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.fields import StreamField

from casestudies import panels
from casestudies.choices import Gate, Stage, Verdict
from casestudies.labels import DataLabelBlock
from library.blocks import DocumentBlock, OutcomeBlock, ProductBlock
from library.choices import CostBand
from library.models import LibraryPage
from library.querysets import LibraryManager
from members.audience import ANONYMOUS, WITHOUT_GROUPS, Audience, Reader, can_see
from members.audit.notes import seen_privately


@dataclass(frozen=True)
class CandidNote:
    """A case study's candid note as a thing with an audience of its own."""

    audience: str
    municipality_id: int


class CaseStudyTag(TaggedItemBase):
    """A free tag on a case study."""

    content_object = ParentalKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class CaseStudyPage(LibraryPage):
    """What one municipality did, and what came of it. A stub needs five fields."""

    kind = "case_study"

    # State
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    started = models.DateField(_("started"), null=True, blank=True)
    went_live = models.DateField(_("went live"), null=True, blank=True)
    ended = models.DateField(_("ended"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices, blank=True)
    beneficiaries = models.CharField(
        _("beneficiaries"), max_length=250, blank=True, help_text=_("Who is better off.")
    )
    products = StreamField([("product", ProductBlock())], blank=True, verbose_name=_("products and vendors"))
    standards = models.CharField(_("standards"), max_length=300, blank=True)

    # Story
    problem = models.TextField(_("problem"), blank=True, help_text=_("What hurt, and whom."))
    what_we_did = models.TextField(_("what we did"), blank=True)
    challenges = models.TextField(
        _("challenges and failures"), blank=True, help_text=_("The part your peers read first. Be frank.")
    )
    conditions = models.TextField(_("conditions for success"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    transfer = models.TextField(_("what transfers and what does not"), blank=True)
    inclusion = models.TextField(
        _("inclusion"), blank=True, help_text=_("How people who are seldom heard were reached.")
    )
    outcomes = StreamField([("outcome", OutcomeBlock())], blank=True, verbose_name=_("outcomes"))

    # Resources
    setup_cost = models.CharField(_("set-up cost"), max_length=12, choices=CostBand.choices, blank=True)
    yearly_cost = models.CharField(_("yearly cost"), max_length=12, choices=CostBand.choices, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CAD")
    cost_year = models.PositiveSmallIntegerField(_("year of the cost"), null=True, blank=True)
    staff_months = models.DecimalField(
        _("staff-months"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    funding = models.CharField(_("funding"), max_length=250, blank=True)
    procurement = models.CharField(_("procurement route"), max_length=250, blank=True)
    contract_end = models.DateField(_("contract ends"), null=True, blank=True)
    tender_files = StreamField([("file", DocumentBlock())], blank=True, verbose_name=_("tender files"))
    reuse_clause = models.CharField(_("reuse clause"), max_length=250, blank=True)

    # Reuse
    repository = models.URLField(_("source code repository"), blank=True)
    based_on = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("based on"),
    )

    # Data label
    gate = models.CharField(
        _("personal data, sensing in public space, or AI?"), max_length=3, choices=Gate.choices, blank=True
    )
    data_label = StreamField(
        [("label", DataLabelBlock())], blank=True, max_num=1, verbose_name=_("data label")
    )

    # A candid note has an audience of its own, never wider than members unless its author says so.
    candid_note = models.TextField(
        _("candid note"),
        blank=True,
        help_text=_("What went wrong, vendor experience, what you would not repeat."),
    )
    candid_audience = models.CharField(
        _("who may read the candid note"), max_length=20, choices=WITHOUT_GROUPS, default=Audience.MEMBERS
    )

    tags = ClusterTaggableManager(through=CaseStudyTag, blank=True, verbose_name=_("tags"))

    markdown_fields = (
        "problem", "what_we_did", "challenges", "conditions", "lessons", "transfer", "inclusion", "candid_note",
    )  # fmt: skip
    restricted_fields = {"candid_note": "candid_audience"}
    card_fields = ("stage", "setup_cost", "currency", "verdict")
    required_fields = ("title", "summary", "municipality", "service_areas", "stage")
    useful_fields = (
        "challenges", "transfer", "outcomes", "setup_cost", "verdict", "lessons", "problem", "what_we_did",
        "conditions", "staff_months", "cost_year", "beneficiaries", "gate", "contact_mailbox",
    )  # fmt: skip

    edit_handler = TabbedInterface(
        [
            ObjectList(panels.ESSENTIALS, heading=_("Essentials")),
            ObjectList(panels.STORY, heading=_("Story")),
            ObjectList(panels.NUMBERS, heading=_("Outcomes and cost")),
            ObjectList(panels.TRUST, heading=_("Data, inclusion, candour")),
            ObjectList(panels.MEDIA, heading=_("Media and reuse")),
            ObjectList(panels.LIFE, heading=_("Life")),
        ]
    )
    template = "casestudies/case_study_page.html"
    objects: ClassVar[Any] = LibraryManager()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def cost_label(self) -> str:
        """The set-up cost in words, with its currency where money was spent."""
        label = str(self.get_setup_cost_display())
        return f"{self.currency} {label}" if self.setup_cost and self.setup_cost != CostBand.NONE else label

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        reader = getattr(request, "reader", ANONYMOUS)
        return context | {"candid": self.candid_html(reader)}

    def sources(self) -> Any:
        return [self.based_on_id] if self.based_on_id else []

    def note_private_view(self, request: HttpRequest) -> None:
        super().note_private_view(request)
        if self.candid_note:
            seen_privately(request, self, CandidNote(self.candid_audience, self.municipality_id))

    def candid_html(self, reader: Reader) -> str:
        """The candid note, if this reader belongs to the audience of its own that it has; else nothing."""
        note = CandidNote(self.candid_audience, self.municipality_id)
        return self.html.get("candid_note", "") if can_see(reader, note) else ""

    def clean(self) -> None:
        super().clean()
        order = [day for day in (self.started, self.went_live, self.ended) if day]
        if order != sorted(order):
            raise ValidationError({"ended": _("The dates are out of order: started, went live, ended.")})
        if self.gate == Gate.NO and self.data_label:
            raise ValidationError(
                {"gate": _("There is a data label below: answer yes, or remove the label.")}
            )
