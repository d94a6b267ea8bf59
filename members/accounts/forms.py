"""Forms of signing up. allauth's own come on top of `NameForm`, so nothing of allauth's is imported here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """What everybody says who signs up, however they sign up: a name that colleagues know them by."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ["email", "first_name", "last_name", "password1"]

    def signup(self, request: Any, user: Any) -> None:
        """allauth asks for this; the names are saved by its adapter, the language here."""
        user.language = request.LANGUAGE_CODE
        user.save(update_fields=["language"])
