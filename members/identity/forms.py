"""Forms of one's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Person


class ProfileForm(forms.ModelForm):
    """How colleagues know somebody."""

    class Meta:
        model = Person
        fields = ("first_name", "last_name", "job_title", "language")
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }


class MergeForm(forms.Form):
    """The other account of the same person."""

    email = forms.EmailField(label=_("Address of the other account"), max_length=254)
