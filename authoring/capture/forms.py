"""The forms that begin an item."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from authoring import access
from authoring.cards.areas import AreaField
from casestudies.models import CaseStudyPage
from core.forms import Problems
from members.audience import WITHOUT_GROUPS
from members.models import MunicipalityPage
from members.reach import describe_audience

MOST_TEXT = 100_000
MOST_BYTES = 20 * 1024 * 1024
KINDS = ("docx", "odt", "pdf")


class BeginForm(Problems, forms.Form):
    """For which municipality; for a coordinator also: for whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    town = forms.ModelChoiceField(
        MunicipalityPage.objects.none(), label=_("Municipality"), empty_label=None,
        error_messages={"invalid_choice": _("You may not write for this municipality.")},
    )  # fmt: skip
    author_name = forms.CharField(label=_("Name of the author"), max_length=120, required=False)
    author_email = forms.EmailField(
        label=_("E-mail address of the author"), required=False,
        help_text=_("They get a link by which they confirm what you wrote down. Nothing is public before."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, files, initial={"key": uuid.uuid4()}, **kwargs)
        self.user = user
        towns = access.towns_of(user)
        self.towns = list(towns[:2])
        field: Any = self.fields["town"]
        field.queryset = towns
        own = user.municipality_id
        self.initial["town"] = own or (self.towns[0].pk if self.towns else None)
        if len(self.towns) == 1:
            field.widget = forms.HiddenInput()
        self.for_another = any(access.writes_for_another(user, town) for town in self.towns)
        if not self.for_another:
            del self.fields["author_name"], self.fields["author_email"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        town = values.get("town")
        if town and self.for_another and access.writes_for_another(self.user, town):
            for name in ("author_name", "author_email"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Say whose project it is: they confirm what you write down."))
        return values


class StartForm(BeginForm):
    """What a stub needs: five answers, and who may read it."""

    title = forms.CharField(label=_("Title"), max_length=255)
    summary = forms.CharField(
        label=_("In one sentence"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text=_("What was done, for whom, and what came of it."),
    )  # fmt: skip
    area = AreaField(label=_("Service area"))
    second_area = AreaField(label=_("Another service area"), required=False)
    stage = forms.ChoiceField(label=_("Stage"))
    audience = forms.ChoiceField(label=_("Who may read it"), choices=WITHOUT_GROUPS)

    def __init__(self, data: Any = None, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, user=user, **kwargs)
        stages = CaseStudyPage._meta.get_field("stage").choices or []
        self.fields["stage"].choices = [("", "—"), *stages]  # type: ignore[attr-defined]
        self.order_fields(["title", "summary", "town", "area", "second_area", "stage", "audience"])
        town = user.municipality or (self.towns[0] if self.towns else None)
        describe_audience(self, "audience", municipality=town)
        if town is not None:
            self.initial["audience"] = town.default_audience


class DocumentForm(BeginForm):
    """A document, or text from anywhere."""

    file = forms.FileField(
        label=_("Document"), required=False, help_text=_("Word (.docx), OpenDocument (.odt) or PDF, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.odt,.pdf"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="document-%s", **kwargs)
        self.order_fields(["file", "text", "town"])

    def clean_file(self) -> Any:
        """The file, if its name says that we can read it; whether it is what it says is seen when it is read."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if file.name.rpartition(".")[2].lower() not in KINDS:
            raise forms.ValidationError(
                _(
                    "This kind of file can’t be read. Save it as Word (.docx), OpenDocument (.odt) or PDF, or paste it."
                )
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "This file is larger than 20 MB. Make its pictures smaller, or paste the text and add pictures later."
                )
            )
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("file") and not (values.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a document, or paste its text below."))
        return values
