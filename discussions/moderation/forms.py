"""Forms of reporting and deciding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Problems
from discussions.moderation.models import Reason, Report


class ReportForm(Problems, forms.ModelForm):
    """What is wrong with a thing."""

    class Meta:
        model = Report
        fields = ("reason", "words")
        widgets = {"reason": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 4, "maxlength": 1000})}
        help_texts = {"words": _("What should a moderator know? Only moderators read this.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].choices = Reason.choices  # type: ignore[attr-defined]


class DecisionForm(Problems, forms.Form):
    """What to do, and why; the words go to the author."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices)
    words = forms.CharField(
        label=_("In words, for the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=_("Suspend until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only for a suspension. Leave it empty to suspend until a moderator lifts it."),
    )
