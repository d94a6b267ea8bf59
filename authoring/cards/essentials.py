"""The first card: what a stub needs, and who may read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from authoring.cards.areas import AreaField
from authoring.cards.base import Card
from library.models import LibraryPage
from members.audience import WITHOUT_GROUPS, Audience
from members.reach import describe_audience

AREAS = ("area", "second_area", "third_area")


class Essentials(Card):
    """Title, summary, service areas, stage, language, audience."""

    name = "essentials"
    heading = _("Essentials")
    lede = _("What everybody sees first.")
    model_fields = ("title", "summary", "stage", "language", "audience")
    needed = ("title", "audience")
    radios = ("audience",)

    area = AreaField(label=_("Service area"), required=False)
    second_area = AreaField(label=_("Another service area"), required=False)
    third_area = AreaField(label=_("And another"), required=False)

    def __init__(self, data: Any = None, *, item: LibraryPage, **kwargs: Any) -> None:
        super().__init__(data, item=item, **kwargs)
        self.order_fields(["title", "summary", *AREAS, "stage", "language", "audience"])
        self.fields["summary"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 300})
        self.fields["stage"].choices = [("", "—"), *item._meta.get_field("stage").choices]  # type: ignore[attr-defined, misc]
        # Working groups are named in the editor; here such an item keeps those it has.
        kept = [choice for choice in Audience.choices if choice[0] == item.audience == Audience.GROUP]
        self.fields["audience"].choices = [*WITHOUT_GROUPS, *kept]  # type: ignore[attr-defined]
        describe_audience(self, "audience", municipality=item.municipality)

    @classmethod
    def read(cls, item: LibraryPage) -> dict[str, Any]:
        areas = sorted(area.pk for area in item.service_areas.all())
        chosen = dict.fromkeys(AREAS) | dict(zip(AREAS, areas, strict=False))
        return {**super().read(item), **chosen, "more_areas": areas[len(AREAS) :]}

    def apply(self, item: LibraryPage) -> None:
        super().apply(item)
        chosen = {self.cleaned_data[name].pk for name in AREAS if self.cleaned_data[name]}
        item.service_areas.set(sorted(chosen | set(self.initial["more_areas"])))
        item.__dict__.pop("area_list", None)
