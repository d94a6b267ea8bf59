"""The form in which somebody asks to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Problems
from members.joining.actions import confirmed_addresses
from members.joining.domains import domain_of, domain_of_site
from members.models import MunicipalityPage
from members.municipalities import Tier


class TownField(forms.ModelChoiceField):
    """Municipalities by the name that people look for, with what tells namesakes apart."""

    def label_from_instance(self, obj: Any) -> str:
        where = f", {obj.region.name}" if obj.region else ""
        return f"{obj.title} ({obj.get_status_display()}{where})"


class AskForm(Problems, forms.Form):
    """Which municipality, and a word to those who decide."""

    municipality = TownField(
        label=_("Your municipality"),
        queryset=MunicipalityPage.objects.live()
        .exclude(tier=Tier.NONE, is_member=False)
        .select_related("region")
        .order_by("title", "official_name"),
        empty_label=_("Choose …"),
        help_text=_("Type the first letters of its name, without “Town of”."),
    )
    message = forms.CharField(
        label=_("What you do there"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It helps whoever decides: your role, and whom they may ask about you."),
    )


def likely_town(person: Any) -> MunicipalityPage | None:
    """The municipality whose website is at the domain of a confirmed address: a guess to begin with, no more."""
    domains = {domain_of(address) for address in confirmed_addresses(person)} - {""}
    for domain in sorted(domains):
        for town in MunicipalityPage.objects.live().filter(website__icontains=domain):
            if domain_of_site(town.website) == domain:
                return town
    return None
