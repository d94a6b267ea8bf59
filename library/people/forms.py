"""Forms in which people say what they offer, and write to one another."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Problems
from library.areas import ServiceArea
from library.people.choices import Spoken
from library.people.models import Profile
from members.models import Person

MOST_AREAS = 40


def _areas() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(ServiceArea.objects.all(), required=False)


class OfferForm(Problems, forms.Form):
    """What one offers one's peers."""

    about = forms.CharField(
        label=_("About you"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you do, and what peers may ask you about. People of all member municipalities can read it."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"), choices=Spoken.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    works_in = _areas()
    can_help = _areas()
    may_be_written_to = forms.BooleanField(
        label=_("Peers may write to me through the site"), required=False,
        help_text=_("Your address is not shown. You get their message by mail and decide whether to answer."),
    )  # fmt: skip

    @classmethod
    def of(cls, person: Person, data: Any = None) -> "OfferForm":
        """The form with what the person has said so far."""
        profile = Profile.objects.filter(person=person).first() or Profile()
        areas = list(person.areas.all())
        said = {
            "about": profile.about,
            "languages": [spoken.code for spoken in person.spoken_languages.all()],
            "works_in": [each.area_id for each in areas if each.works_in],
            "can_help": [each.area_id for each in areas if each.can_help],
            "may_be_written_to": profile.may_be_written_to,
        }
        return cls(data, initial=said)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        chosen = {*values.get("works_in", ()), *values.get("can_help", ())}
        if len(chosen) > MOST_AREAS:
            message = _("Choose at most %(most)d service areas: peers look for those you know best.")
            self.add_error("can_help", message % {"most": MOST_AREAS})
        return values

    def area_groups(self) -> Iterator[dict[str, Any]]:
        """Every area with its sub-areas, and what is ticked."""
        works, helps = ({str(pk) for pk in self[name].value() or ()} for name in ("works_in", "can_help"))
        for top in ServiceArea.objects.top().with_children():
            rows = [
                {"area": area, "works": str(area.pk) in works, "helps": str(area.pk) in helps}
                for area in (top, *top.children.all())
            ]
            yield {"top": top, "rows": rows, "open": any(row["works"] or row["helps"] for row in rows)}


class LetterForm(Problems, forms.Form):
    """A message to a peer."""

    message = forms.CharField(
        label=_("Your message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8})
    )
    share_address = forms.BooleanField(
        label=_("Show them my e-mail address, so that they can answer directly"), required=False
    )
