"""Forms of the conversation."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authoring.clearance.actions import DAYS
from authoring.review.actions import MOST_TEXT
from core.forms import Problems


class _Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(_("This day has gone by: choose a later one."))


class CommentForm(Problems, forms.Form):
    """A comment on one field."""

    prefix = "comment"

    field = forms.ChoiceField(label=_("About"))
    text = forms.CharField(label=_("Comment"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    please = forms.BooleanField(label=_("Please change this"), required=False)
    due = _Day(label=_("Until"))

    def __init__(self, *args: Any, fields: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = fields  # type: ignore[attr-defined]


class ReturnForm(Problems, forms.Form):
    """What is to be changed before it is published."""

    prefix = "return"

    text = forms.CharField(
        label=_("What is to be changed"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = _Day(label=_("Until"))


class ClearanceForm(Problems, forms.Form):
    """Whom to ask for clearance."""

    prefix = "clearance"

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name and role"),
        max_length=120,
        help_text=_("As it will stand on the page: “Legal office”, say."),
    )
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("fr", _("French"))])
    days = forms.TypedChoiceField(
        label=_("The link works for"), coerce=int, choices=[(days, days) for days in DAYS], initial=DAYS[1]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.choices = [(days, _("%(n)d days") % {"n": days}) for days in DAYS]
