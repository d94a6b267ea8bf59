"""Adoptions with their sources, as one reader may see both."""

from collections.abc import Iterable
from typing import Any

from adoptions.models import Adoption
from library.registry import kinds
from members.audience import Reader


def sources_of(adoptions: Iterable[Adoption], reader: Reader) -> list[tuple[Adoption, Any]]:
    """Return (adoption, source) pairs; an adoption whose source the reader may not see is left out."""
    wanted = {adoption.source_id: adoption for adoption in adoptions}
    pages = [
        page for model in kinds().values() for page in model.objects.visible_to(reader).filter(pk__in=wanted)
    ]
    return [(wanted[page.pk], page) for page in sorted(pages, key=lambda page: page.title)]


def source_of(pk: int, reader: Reader) -> Any:
    """The case study or playbook of this number, if this reader may see it; otherwise None."""
    each = (
        model.objects.visible_to(reader).filter(pk=pk).select_related("municipality")
        for model in kinds().values()
    )
    return next((page for found in each for page in found), None)
