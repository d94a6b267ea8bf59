"""The form in which a question is asked."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import Problems
from discussions.models import Question
from library.models import ServiceArea
from members.reach import describe_audience


class AreaField(forms.ModelChoiceField):
    """Service areas by their names in the language of the interface, each below its own."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.label} › {obj.label}" if obj.parent else obj.label


class QuestionForm(Problems, forms.ModelForm):
    """What a member wants to know of peers."""

    service_area = AreaField(
        label=_("Service area"), queryset=ServiceArea.objects.select_related("parent").order_by("code")
    )

    class Meta:
        model = Question
        fields = ("title", "body", "service_area", "audience", "language")
        labels = {
            "title": _("Your question"),
            "body": _("Details"),
            "audience": _("Who can read it"),
            "language": _("Language"),
        }
        help_texts = {
            "title": _("One sentence, as you would ask a colleague."),
            "body": _("What you have tried, what you need to know, by when. Markdown works here."),
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 8}), "audience": forms.RadioSelect}

    def __init__(self, *args: Any, municipality: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_audience(self, "audience", municipality=municipality)

    @classmethod
    def asking(cls, title: str, municipality: Any = None) -> "QuestionForm":
        """An empty form, but for what somebody has already typed elsewhere."""
        limit = Question._meta.get_field("title").max_length or 0
        typed = {"title": title[:limit], "language": get_language() or "en"}
        return cls(initial=typed, municipality=municipality)
