"""The card of outcomes: rows, each with its evidence, and the verdict over all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from authoring.cards.base import Card, put_blocks
from library.choices import EvidenceGrade
from library.models import LibraryPage

MOST_ROWS = 30
PARTS = ("metric", "baseline", "result", "unit", "period", "method", "evidence")


class OutcomeRow(forms.Form):
    """One row. Empty, it is no outcome."""

    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    metric = forms.CharField(label=_("What was measured"), max_length=160, required=False)
    baseline = forms.CharField(label=_("Before"), max_length=80, required=False)
    result = forms.CharField(label=_("After"), max_length=80, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    period = forms.CharField(label=_("Period"), max_length=80, required=False)
    method = forms.CharField(label=_("How it was measured"), max_length=200, required=False)
    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=EvidenceGrade.choices,
        initial=EvidenceGrade.SELF_REPORTED,
        required=False,
    )

    def values(self) -> dict[str, str] | None:
        """The row as the draft keeps it; None for an empty one."""
        said = {name: self.cleaned_data.get(name) or "" for name in PARTS}
        if not any(value for name, value in said.items() if name != "evidence"):
            return None
        return said | {"evidence": said["evidence"] or EvidenceGrade.SELF_REPORTED.value}


Rows = forms.formset_factory(OutcomeRow, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class Outcomes(Card):
    """What came of it, and how sure we are."""

    name = "outcomes"
    heading = _("What came of it")
    lede = _("One number says more than a paragraph. Say honestly how sure you are of it.")
    model_fields = ("verdict",)

    def __init__(self, data: Any = None, *, item: LibraryPage, **kwargs: Any) -> None:
        super().__init__(data, item=item, **kwargs)
        held = item.outcomes
        known = [{**row, "id": block.id} for row, block in zip(self.initial["outcomes"], held, strict=True)]
        self.rows = Rows(data, prefix="outcomes-rows", initial=None if data else known)

    @classmethod
    def read(cls, item: LibraryPage) -> dict[str, Any]:
        held = item.outcomes
        rows = [{name: str(block.value[name] or "") for name in PARTS} for block in held]
        return {**super().read(item), "outcomes": rows}

    def is_valid(self) -> bool:
        return super().is_valid() and self.rows.is_valid()

    def problems(self) -> list[dict[str, str]]:
        found = super().problems()
        for row in self.rows:
            for name, errors in row.errors.items():
                href = f"#{row[name].id_for_label}"
                found += [{"message": f"{row[name].label}{_(': ')}{error}", "href": href} for error in errors]
        return found

    def apply(self, item: LibraryPage) -> None:
        super().apply(item)
        typed = [(row.values(), row.cleaned_data.get("id")) for row in self.rows if row.cleaned_data]
        kept = [(value, number) for value, number in typed if value]
        held = [block.id for block in item.outcomes]
        named = {number for _value, number in kept}
        # A row typed anew is known by its place until the page is loaded again.
        free = [number if number not in named else None for number in held] + [None] * len(kept)
        rows = [
            (value, number or known) for (value, number), known in zip(kept, free[: len(kept)], strict=True)
        ]
        put_blocks(item, "outcomes", "outcome", rows)

    def stored_rows(self) -> str:
        """The rows of the draft, one on each line, for showing two states side by side."""
        return "\n".join(_in_words(row) for row in self.initial["outcomes"])

    def typed_rows(self) -> str:
        """The rows as they were typed."""
        rows = (row.values() for row in self.rows if row.cleaned_data)
        return "\n".join(_in_words(row) for row in rows if row)


def _in_words(row: dict[str, str]) -> str:
    return " · ".join(row[name] for name in PARTS if row[name])
