"""What all cards have in common: reading answers from a draft, putting them into it, and telling two states apart."""

import hashlib
import json
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from casestudies.models import CaseStudyPage
from core import markdown
from core.forms import Problems
from library.models import LibraryPage

Words = str | Promise


class Card(Problems, forms.Form):
    """A part of the draft that is written, saved and, where two collide, settled by itself."""

    # Templates are given cards as classes too, and would make one of them.
    do_not_call_in_templates = True
    name: ClassVar[str] = ""
    heading: ClassVar[Words] = ""
    lede: ClassVar[Words] = ""
    # Fields of the model that the card asks for as they are.
    model_fields: ClassVar[tuple[str, ...]] = ()
    needed: ClassVar[tuple[str, ...]] = ()
    radios: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, item: LibraryPage, **kwargs: Any) -> None:
        super().__init__(data, prefix=self.name, initial=self.read(item), **kwargs)
        self.item = item
        for name, field in _fields_of(self.model_fields).items():
            field.required = name in self.needed
            self.fields[name] = field
        self.order_fields([*self.model_fields, *self.fields])

    @classmethod
    def read(cls, item: LibraryPage) -> dict[str, Any]:
        """The answers as the draft has them."""
        return {name: getattr(item, name) for name in cls.model_fields}

    @classmethod
    def base(cls, item: LibraryPage) -> str:
        """A name for the present state of the card: whoever saves says from which one they began."""
        text = json.dumps(cls.read(item), default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def apply(self, item: LibraryPage) -> None:
        """Put what was typed into the draft."""
        for name in self.model_fields:
            setattr(item, name, self.cleaned_data[name])

    @classmethod
    def filled(cls, item: LibraryPage) -> bool:
        """Whether the card says anything yet."""
        return any(value not in ("", None, [], {}) for value in cls.read(item).values())


def put_blocks(
    item: LibraryPage, field: str, kind: str, rows: list[tuple[dict[str, str], str | None]]
) -> None:
    """Have a stream hold these values, each with the number it had, so that editions can be compared."""
    stream = item._meta.get_field(field).stream_block  # type: ignore[union-attr]
    blocks = [{"type": kind, "value": value, "id": number or str(uuid4())} for value, number in rows]
    setattr(item, field, stream.to_python(blocks))


def _fields_of(names: tuple[str, ...]) -> dict[str, Any]:
    """Form fields as the model has them, plain widgets, Markdown checked before it is kept."""
    if not names:
        return {}
    made = forms.fields_for_model(CaseStudyPage, fields=names, formfield_callback=_field)
    if set(made) != set(names):
        raise ImproperlyConfigured(f"a card asks for fields that are none: {set(names) - set(made)}")
    return {name: made[name] for name in names}


def _field(db_field: Any, **kwargs: Any) -> Any:
    if db_field.get_internal_type() == "DateField":
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    field = db_field.formfield(**kwargs)
    if db_field.name in CaseStudyPage.markdown_fields:
        field.widget = forms.Textarea(attrs={"rows": 5})
        field.validators.append(markdown.validate)
    return field
