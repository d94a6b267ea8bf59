"""What the log is narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.audit.lines import Wanted


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AuditForm(forms.Form):
    """Person, action, days. What makes no sense is said, and narrows nothing."""

    person = forms.CharField(label=_("Who"), max_length=120, required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=_day())
    until = forms.DateField(label=_("Until"), required=False, widget=_day())

    def __init__(self, data: Any, actions: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["action"].choices = [("", _("Everything")), *actions]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is looked for, as far as it was understood."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})
