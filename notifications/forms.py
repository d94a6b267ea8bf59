"""Saving a search, and changing a saved one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import SavedSearch


class SavedSearchForm(forms.ModelForm[SavedSearch]):
    """Its name, and how often mail comes."""

    class Meta:
        model = SavedSearch
        fields = ["name", "cadence"]
        labels = {"name": _("Name"), "cadence": _("News by mail")}
