"""The two-level taxonomy of municipal services, in English and French."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class ServiceAreaQuerySet(models.QuerySet["ServiceArea"]):
    """Service areas."""

    def top(self) -> "ServiceAreaQuerySet":
        """The areas of the first level."""
        return self.filter(parent=None)

    def with_children(self) -> "ServiceAreaQuerySet":
        """Sub-areas come along in one more query."""
        return self.prefetch_related("children")


class ServiceArea(models.Model):
    """A kind of service that municipalities give. `code` is stable ("TRN-02"); labels may be edited."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    label_en = models.CharField(_("English label"), max_length=120)
    label_fr = models.CharField(_("French label"), max_length=120)
    scope_note = models.TextField(_("scope note"), blank=True)
    synonyms = models.TextField(
        _("synonyms"),
        blank=True,
        help_text=_("Other words people search for, in both languages, one on each line."),
    )

    panels = [
        FieldPanel(n) for n in ("code", "slug", "parent", "label_en", "label_fr", "scope_note", "synonyms")
    ]
    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the interface."""
        return self.label_fr if get_language() == "fr" else self.label_en

    def get_absolute_url(self) -> str:
        return reverse("library:service_area", args=[self.slug])

    def words(self) -> str:
        """Everything people may call this area, for search."""
        above: Any = f"{self.parent.label_en} {self.parent.label_fr}" if self.parent else ""
        return " ".join([self.label_en, self.label_fr, *self.synonyms.splitlines(), above]).strip()
