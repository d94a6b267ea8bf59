"""What forms have in common; forms of the editor that say more than Wagtail's own."""

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


def number(text: Any) -> int:
    """A number that a page of ours put into a form, for a look-up; 0, which nothing has, for anything else."""
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def problems_of(form: Any) -> list[dict[str, str]]:
    """What is wrong with a form, each with the address of its field in the page, for the summary at its top."""
    return [
        {
            "message": f"{form[name].label}: {error}",
            "href": f"#{form[name].id_for_label or form[name].auto_id}",
        }
        if name in form.fields
        else {"message": str(error), "href": ""}
        for name, errors in form.errors.items()
        for error in errors
    ]


class Problems:
    """A form that says what is wrong with it."""

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, each with the address of its field in the page."""
        return problems_of(self)


class PictureFileField(WagtailImageField):
    """Also refuses a damaged picture: a truncated file passes every check of its header and fails when shown."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, struct.error, SyntaxError) as error:
            message = _("This picture is damaged. Save it again as PNG or JPEG, then upload that.")
            raise ValidationError(message, code="damaged") from error


class PictureForm(BaseImageForm):
    """How a picture is uploaded and described."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        self.fields["file"] = PictureFileField(
            required=field.required, widget=field.widget, label=field.label, help_text=field.help_text
        )
