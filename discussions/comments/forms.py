"""Forms of comments. What does not pass says what to do, and everything typed stays."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import markdown
from core.forms import Problems
from discussions.comments import files, limits, mentions, quoting
from discussions.comments.models import TOKEN_LENGTH, new_token
from members.refusal import Refused


def check_text(text: str) -> None:
    """Raises ValidationError for a text that is no comment, saying what to do instead."""
    if len(text) > limits.MAX_CHARACTERS:
        raise ValidationError(
            _now(
                "This comment has %(count)s characters; %(limit)s is the limit. Shorten it, or attach the rest as a file."
            )
            % {"count": len(text), "limit": limits.MAX_CHARACTERS},
            code="too_long",
        )
    if quoting.levels(text) > limits.MAX_QUOTE_LEVELS:
        raise ValidationError(
            _now("Quotes stand in one another %(limit)s deep at most: take out the older ones.")
            % {"limit": limits.MAX_QUOTE_LEVELS},
            code="too_deep",
        )
    markdown.validate(text)


class SeveralFiles(forms.ClearableFileInput):
    """Chooses more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, each looked into."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [each for each in (data if isinstance(data, list) else [data]) if each]
        if len(uploads) > limits.FILES_EACH:
            message = _now("A comment takes %(limit)s files at most. Attach the others to another one.")
            raise ValidationError(message % {"limit": limits.FILES_EACH}, code="many")
        for upload in uploads:
            super().clean(upload, initial)
            files.check(upload)
        return uploads


class TextForm(Problems, forms.Form):
    """The text of a comment."""

    # More than the limit is taken, so that it can be given back.
    body = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown works here. Write @ and a name to tell somebody who may read this page."),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, page: Any = None, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.reader = page, reader

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"].replace("\r\n", "\n")
        check_text(text)
        if self.page is not None:
            try:
                mentions.people_in(text, self.page, self.reader)
            except Refused as refused:
                raise ValidationError(str(refused), code="mentions") from refused
        return text


class CommentForm(TextForm):
    """A new comment, or a reply."""

    attached = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, office files, pictures, text or archives, up to 10 MB each, 5 at most."),
    )
    token = forms.CharField(max_length=TOKEN_LENGTH, widget=forms.HiddenInput)
    answers_to = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    @classmethod
    def empty(cls, page: Any, answers_to: int | None = None, body: str = "") -> "CommentForm":
        """A form to write in, with a token of its own."""
        return cls(initial={"token": new_token(), "answers_to": answers_to, "body": body}, page=page)


class EditForm(TextForm):
    """A change of one's own comment."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
