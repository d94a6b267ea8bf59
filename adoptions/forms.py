"""The form in which a municipality says what it takes up."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from adoptions import actions
from adoptions.models import NEED_A_REASON, Adoption, State
from core.forms import Problems
from members.reach import describe_audience

EXPLAINED = {
    State.CONSIDERING: _("We look at whether it fits."),
    State.PLANNING: _("Decided; not begun."),
    State.PILOTING: _("Tried for a while, or in one place."),
    State.LIVE: _("It runs, much as it is described."),
    State.ADAPTED: _("It runs, changed to fit us."),
    State.DECLINED: _("We looked, and will not do it."),
    State.STOPPED: _("We did it, and no longer do."),
}


def _states() -> list[tuple[str, Any]]:
    line = '{}<br><span class="reach">{}</span>'
    return [
        (state, format_html(line, str(label).capitalize(), EXPLAINED[State(state)]))
        for state, label in State.choices
    ]


class AdoptionForm(Problems, forms.ModelForm):
    """How one's municipality stands with a case study or playbook."""

    state = forms.ChoiceField(label=_("How far you are"), choices=_states, widget=forms.RadioSelect)
    corrects = forms.BooleanField(
        label=_("This corrects what we said last"), required=False,
        help_text=_("A wrong state or date. What was said stays in the history, marked as corrected."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Adoption
        fields = actions.FIELDS
        labels = {
            "since": _("Since when"),
            "changes": _("What you changed"),
            "months_saved": _("Months saved"),
            "may_contact": _("Peers may ask us about it"),
            "audience": _("Who can read it"),
            "version": _("Version you use"),
            "thanks": _("A word of thanks"),
            "thanks_shown": _("They may show it on their municipality’s page"),
        }
        help_texts = {
            "reason": _("Needed when you decided against it or stopped: it is what peers learn most from."),
            "may_contact": _(
                "Questions about it may then be sent to people of your municipality, two a week at most."
            ),
        }
        widgets = {
            "since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "changes": forms.Textarea(attrs={"rows": 4}),
            "thanks": forms.Textarea(attrs={"rows": 2}),
            "months_saved": forms.NumberInput(attrs={"min": 0, "step": "0.5", "inputmode": "decimal"}),
        }

    def __init__(self, *args: Any, source: Any, municipality: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance if self.instance.pk else None
        self.initial.setdefault("since", timezone.localdate())
        self.initial["seen"] = actions.stamp(known)
        if not known:
            del self.fields["corrects"]
            self.initial["version"] = getattr(source, "version", "")
            self.initial["audience"] = municipality.default_audience
        if not hasattr(source, "version"):
            del self.fields["version"]
        describe_audience(self, "audience", municipality=municipality)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("state") in NEED_A_REASON and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why: nobody learns from a “no” without its reason."))
        return values

    def take_note_of(self, record: Adoption | None) -> None:
        """Have the form know the record as it is now: whoever is told of a change and saves again means it."""
        # `dict` would keep only the last of several values; there is one of each here.
        self.data = {**self.data.dict(), "seen": actions.stamp(record)}  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {name: self.cleaned_data[name] for name in actions.FIELDS if name in self.cleaned_data}
