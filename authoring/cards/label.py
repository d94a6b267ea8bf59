"""The card of the data label: the gate question, and what a resident may want to know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from authoring.cards.base import Card, put_blocks
from casestudies.choices import Gate
from casestudies.labels import DataLabelBlock
from library.models import LibraryPage

_BLOCK = DataLabelBlock()
PARTS = tuple(_BLOCK.child_blocks)


def _field(block: Any) -> forms.CharField:
    long = isinstance(block, blocks.TextBlock)
    widget = forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput()
    return forms.CharField(
        label=block.label, max_length=block.field.max_length, required=False, widget=widget
    )


class Label(Card):
    """Personal data, sensing in public space, or AI? If yes: what, why, and who answers for it."""

    name = "label"
    heading = _("Data label")
    lede = _("Residents ask. If the answer is yes, four lines are needed before the page is published.")
    model_fields = ("gate",)

    def __init__(self, data: Any = None, *, item: LibraryPage, **kwargs: Any) -> None:
        super().__init__(data, item=item, **kwargs)
        for name, block in _BLOCK.child_blocks.items():
            self.fields[name] = _field(block)

    @classmethod
    def read(cls, item: LibraryPage) -> dict[str, Any]:
        labels = item.data_label
        said = {name: str(labels[0].value[name] or "") for name in PARTS} if len(labels) else {}
        return {**super().read(item), **dict.fromkeys(PARTS, ""), **said}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("gate") == Gate.NO and any(values.get(name) for name in PARTS):
            self.add_error("gate", _("There is a data label below: answer yes, or empty its fields."))
        return values

    def apply(self, item: LibraryPage) -> None:
        super().apply(item)
        said = {name: self.cleaned_data[name] for name in PARTS}
        held = item.data_label
        number = held[0].id if len(held) else None
        put_blocks(item, "data_label", "label", [(said, number)] if any(said.values()) else [])
