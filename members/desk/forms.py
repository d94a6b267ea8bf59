"""Forms of a municipality's desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.forms import PictureFileField, Problems
from members.desk.actions import FIELDS
from members.models import MunicipalityPage
from members.roles.models import Role

ROLES = [
    ("", _("member")),
    (Role.CONTRIBUTOR, Role.CONTRIBUTOR.label),
    (Role.PUBLISHER, Role.PUBLISHER.label),
]


class ProfileForm(Problems, forms.ModelForm):
    """What a municipality says of itself, and what its new items begin with."""

    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", help_text=_("For example innisfil.ca.")
    )
    logo_file = PictureFileField(
        label=_("Logo"), required=False, help_text=_("PNG or JPEG. Leave it empty to keep the one you have.")
    )

    class Meta:
        model = MunicipalityPage
        fields = FIELDS
        widgets = {"about": forms.Textarea(attrs={"rows": 5}), "default_audience": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A radio button each; a group names working groups, which a usual audience cannot.
        self.fields["default_audience"].required = True


class InviteForm(Problems, forms.Form):
    """Whom to invite, and into which role."""

    address = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, required=False)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class DomainForm(Problems, forms.Form):
    """A mail domain to add."""

    name = forms.CharField(
        label=_("Domain"),
        max_length=253,
        help_text=_("What comes after the @ of your addresses, for example town.ca."),
    )
