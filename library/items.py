"""LibraryPage: what a case study and a playbook both are."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page

from core.addresses import in_language
from core.pages import BasePage
from core.rendered import RenderedMarkdown
from library import changes, lifecycle
from library.blocks import MediaStreamBlock, PartnerBlock
from library.changes import Change
from library.choices import Language, Licence
from library.completeness import Completeness, completeness_of
from library.forms import ItemForm
from library.versions import PREFIX, version_of
from members.audience import ANONYMOUS, Audience, Reader, can_see
from members.audit.notes import seen_privately

if TYPE_CHECKING:
    from library.areas import ServiceArea
    from members.models import MunicipalityPage


def new_identifier() -> str:
    """A persistent identifier: stays with the item through moves, renames and exports."""
    return f"iu-{uuid.uuid4().hex[:12]}"


class LibraryPage(RenderedMarkdown, BasePage):
    """One item of the library, a child of the municipality that published it. Abstract."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        help_text=_("One sentence: what was done, for whom, and what came of it."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    identifier = models.CharField(
        _("persistent identifier"), max_length=60, unique=True, default=new_identifier
    )
    municipality = models.ForeignKey(
        "members.MunicipalityPage",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("municipality"),
    )
    contact_mailbox = models.EmailField(
        _("contact mailbox"), blank=True, help_text=_("A role, not a person: transit@town.ca outlives a job.")
    )
    contact_role = models.CharField(_("contact’s role"), max_length=120, blank=True)
    service_areas = ParentalManyToManyField(
        "library.ServiceArea", related_name="+", verbose_name=_("service areas")
    )
    partners = StreamField([("partner", PartnerBlock())], blank=True, verbose_name=_("partners"))
    media = StreamField(
        MediaStreamBlock(required=False), blank=True, verbose_name=_("pictures, videos, files, 3-D models")
    )
    licence = models.CharField(
        _("content licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY
    )
    source = models.TextField(
        _("source"),
        blank=True,
        max_length=1000,
        help_text=_("Where the facts come from, if not from yourselves."),
    )
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC
    )
    groups = ParentalManyToManyField(
        "members.WorkingGroup", blank=True, related_name="+", verbose_name=_("working groups"),
        help_text=_("For the audience of working groups: which. You can name those you belong to."),
    )  # fmt: skip
    cleared_by = models.CharField(
        _("cleared by"), max_length=120, blank=True, help_text=_("The role that cleared it.")
    )
    cleared_on = models.DateField(_("cleared on"), null=True, blank=True)
    cleared_version = models.CharField(_("cleared version"), max_length=40, blank=True)
    last_verified = models.DateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("When somebody last said that this is still true."),
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)
    supersedes = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("supersedes")
    )
    translation_of = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("translation of"),
    )
    # Said by acts of their own (library/retiring.py), so no form of the editor has them.
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    retired_why = models.CharField(_("why it was retired"), max_length=500, blank=True)
    see_instead = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("see instead"),
    )

    base_form_class = ItemForm
    # What an editor says of the change (library/changes.py): to be kept with the next revision, and kept with the last.
    change_said: Change | None = None
    change_waiting: Change = Change()

    # The registry's name of this kind ("case_study"), and the fields the meter counts.
    kind: ClassVar[str]
    required_fields: ClassVar[tuple[str, ...]] = ()
    useful_fields: ClassVar[tuple[str, ...]] = ()
    # What a card of this kind shows besides title, summary and municipality.
    card_fields: ClassVar[tuple[str, ...]] = ()
    # Fields with an audience of their own: the field, and the field that says who may read it.
    restricted_fields: ClassVar[dict[str, str]] = {}

    parent_page_types = ["members.MunicipalityPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @classmethod
    def for_serving(cls, pk: int) -> "LibraryPage":
        return cls.objects.select_related("municipality").get(pk=pk)

    @cached_property
    def area_list(self) -> "list[ServiceArea]":
        """The service areas, asked for once."""
        return list(self.service_areas.all())

    @property
    def group_ids(self) -> list[int]:
        """The working groups this item is for, if it is for groups."""
        return [group.pk for group in self.groups.all()]

    def is_visible_to(self, reader: Reader) -> bool:
        return self.live and can_see(reader, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        self.note_private_view(request)
        return response

    def note_private_view(self, request: HttpRequest) -> None:
        """Note that an administrator has opened what is not for them."""
        seen_privately(request, self)

    @property
    def completeness(self) -> Completeness:
        """How much of what helps a peer is there, and what is missing."""
        return completeness_of(self)

    @property
    def is_cleared_as_it_is(self) -> bool:
        """Whether the clearance was of this very content, as far as the site can tell."""
        ours = self.cleared_version.startswith(PREFIX)
        return bool(self.cleared_by) and (not ours or self.cleared_version == version_of(self))

    @property
    def is_stale(self) -> bool:
        """Whether nobody has said for too long that this is still true."""
        return lifecycle.is_stale(self, timezone.localdate())

    @property
    def owner_municipality(self) -> "MunicipalityPage":
        """The municipality whose place in the tree this item has."""
        parent = self.get_parent()
        return self.municipality if parent is None else parent.specific

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from library import relations

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        reader = getattr(request, "reader", ANONYMOUS)
        related = relations.related(self, reader, self.sources())
        # The language switch leads to the translation where there is one.
        addresses = {link.language: in_language(link.url, link.language) for link in related.translations}
        request.alternates = addresses  # type: ignore[attr-defined]
        return context | {
            "sections": self.sections(request, "item"),
            "actions": self.sections(request, "item actions"),
            "translations": related.translations,
            "superseded_by": related.successor,
            "see_instead": related.instead,
            "based_on": related.named,
        }

    def sources(self) -> Any:
        """The ids of the items it is based on: a list, or a subquery."""
        return ()

    def with_content_json(self, content: Any) -> "LibraryPage":
        from library import care

        draft: LibraryPage = super().with_content_json(content)
        care.keep_said(draft)
        changes.take_along(draft, content)
        return draft

    def serializable_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().serializable_data()
        return data | changes.to_keep(self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail fills slug and titles here, before fields are checked; so do we with the municipality.
        self._take_municipality_from_tree()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.translation_of_id and self.translation_of_id == self.pk:
            raise ValidationError({"translation_of": _("A page cannot be the translation of itself.")})
        if self.supersedes_id and self.supersedes_id == self.pk:
            raise ValidationError({"supersedes": _("A page cannot supersede itself.")})
        if self.audience == Audience.GROUP and not self.group_ids:
            raise ValidationError(
                {"groups": _("Name at least one working group, or choose another audience.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._take_municipality_from_tree()
        super().save(*args, **kwargs)

    def _take_municipality_from_tree(self) -> None:
        if self.path and self.depth and self.depth > 1:
            from members.models import MunicipalityPage

            parent_path = self._get_basepath(self.path, self.depth - 1)
            parent = MunicipalityPage.objects.filter(path=parent_path).only("pk").first()
            if parent:
                self.municipality = parent
