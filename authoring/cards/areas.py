"""Service areas as a list that a telephone shows well: areas of the first level as groups."""

from collections.abc import Iterator
from typing import Any

from django import forms

from library.models import ServiceArea


class AreaField(forms.ModelChoiceField):
    """One service area."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ServiceArea.objects.all(), empty_label="—", **kwargs)
        # Asked for once by each form, and not before it is shown.
        self.choices = _choices


def _choices() -> Iterator[tuple[Any, Any]]:
    yield "", "—"
    for top in ServiceArea.objects.top().with_children():
        inner = [(top.pk, top.label), *((area.pk, area.label) for area in top.children.all())]
        yield top.label, inner
