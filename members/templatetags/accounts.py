"""Forms of the account's pages: django-allauth makes them, the site's words and components show them."""

from typing import Any

from django import template

from core.forms import problems_of
from members.accounts.wording import HINTS, LABELS

register = template.Library()


@register.inclusion_tag("account/parts/fields.html")
def account_fields(form: Any) -> dict[str, Any]:
    """A form's error summary and fields, in our own words; no placeholders, for they vanish while one types."""
    for name, field in form.fields.items():
        # What a form that was checked has of a field is a copy.
        shown = form[name]
        shown.label = field.label = LABELS.get(name, field.label)
        shown.help_text = field.help_text = _hint(form, name, field)
        field.widget.attrs.pop("placeholder", None)
    return {"form": form, "problems": problems_of(form)}


def _hint(form: Any, name: str, field: Any) -> Any:
    signing_up = "first_name" in form.fields
    if name == "password1" and field.required:
        return HINTS["new"]
    return HINTS.get(name, "") if name != "email" or signing_up else ""
