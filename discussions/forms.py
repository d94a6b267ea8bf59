"""The forms in which questions are asked, answered, and put to people."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import markdown
from core.forms import Problems
from discussions.models import Answer, Question, new_token
from discussions.questions import limits
from discussions.questions.asking import require_others, stamp
from library.models import ServiceArea
from members.audience import Audience
from members.models import Person
from members.reach import describe_audience
from members.refusal import Refused


class AreaField(forms.ModelChoiceField):
    """Service areas by their names in the language of the interface, each below its own."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.label} › {obj.label}" if obj.parent else obj.label


class PersonField(forms.ModelChoiceField):
    """People by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()}, {obj.municipality.title}"


class Preview:
    """A form whose Markdown can be looked at before it is sent."""

    def preview(self) -> str:
        """What was typed, as it will look; empty for a text that is refused, of which the form says why."""
        try:
            return str(markdown.render(self.data.get("body", "")))  # type: ignore[attr-defined]
        except forms.ValidationError:
            return ""


class WordsForm(Problems, Preview, forms.ModelForm):
    """A question's own words, its service area and its audience."""

    service_area = AreaField(
        label=_("Service area"), queryset=ServiceArea.objects.select_related("parent").order_by("code")
    )

    class Meta:
        model = Question
        fields: tuple[str, ...] = ("title", "body", "service_area", "audience", "language")
        labels = {
            "title": _("Your question"),
            "body": _("Details"),
            "audience": _("Who can read it"),
            "language": _("Language"),
            "anonymous": _("Ask without our municipality’s name"),
        }
        help_texts = {
            "title": _("One sentence, as you would ask a colleague."),
            "body": _("What you have tried, what you need to know, by when. Markdown works here."),
            "anonymous": _(
                "Peers see “a municipality”; the coordinator of your region and administrators know who asks. "
                "Leave out of your text what gives you away."
            ),
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 8}), "audience": forms.RadioSelect}

    def __init__(self, *args: Any, municipality: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_audience(self, "audience", municipality=municipality)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        try:
            require_others(values.get("anonymous", self.instance.anonymous), values.get("audience", ""))
        except Refused as refused:
            self.add_error("audience", str(refused))
        return values


class QuestionForm(WordsForm):
    """What a member wants to know of peers."""

    token = forms.CharField(required=False, max_length=43, widget=forms.HiddenInput)
    about = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(WordsForm.Meta):
        fields = (*WordsForm.Meta.fields, "anonymous")

    @classmethod
    def asking(cls, title: str, municipality: Any = None, about: Any = None) -> "QuestionForm":
        """An empty form, but for what somebody has already typed elsewhere, or the page they come from."""
        limit = Question._meta.get_field("title").max_length or 0
        typed: dict[str, Any] = {
            "title": title[:limit],
            "language": get_language() or "en",
            "token": new_token(),
        }
        if about is not None:
            shared = about.audience if about.audience == Audience.PUBLIC else Audience.MEMBERS
            areas = about.area_list
            typed |= {"about": about.pk, "audience": shared, "service_area": areas[0] if areas else None}
        return cls(initial=typed, municipality=municipality)


class ChangeForm(WordsForm):
    """A question's own words, changed. Who asks, and about what, stays."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = stamp(self.instance)


class AnswerForm(Problems, Preview, forms.ModelForm):
    """An answer, in Markdown."""

    token = forms.CharField(required=False, max_length=43, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Answer
        fields = ("body",)
        labels = {"body": _("Your answer")}
        help_texts = {"body": _("What you know, and where it is written. Markdown works here.")}
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(seen=stamp(self.instance), token=new_token())


class ClaimForm(Problems, forms.Form):
    """By when somebody will answer."""

    until = forms.DateField(
        label=_("I’ll answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("until", today + datetime.timedelta(days=7))
        last = today + limits.LONGEST_CLAIM
        self.fields["until"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}


class DeclineForm(Problems, forms.Form):
    """Not me; perhaps a colleague."""

    colleague = PersonField(
        label=_("Try a colleague instead"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = people.select_related("municipality")  # type: ignore[attr-defined]


class RouteForm(Problems, forms.Form):
    """To whom a coordinator puts a question: by address, for people of one name are many."""

    address = forms.EmailField(label=_("E-mail address of somebody who may know"))
