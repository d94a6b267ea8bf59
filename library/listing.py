"""Lists of items of all kinds, as one reader may see them."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from library.models import LibraryPage
from library.registry import kinds
from members.audience import Reader


@dataclass(frozen=True)
class Group:
    """Items of one kind, under the kind's own name in the plural."""

    kind: str
    label: Any
    items: list[LibraryPage]


def newest(reader: Reader, limit: int) -> list[LibraryPage]:
    """The newest items of all kinds, at most `limit`."""
    lists = [model.objects.visible_to(reader).published().for_cards()[:limit] for model in kinds().values()]
    return sorted(chain(*lists), key=lambda item: item.first_published_at, reverse=True)[:limit]


def of_municipality(reader: Reader, municipality: Any) -> list[Group]:
    """What a municipality published, by kind."""
    return _groups(reader, municipality=municipality)


def of_region(reader: Reader, region: Any) -> list[Group]:
    """What the municipalities of a region published, by kind."""
    return _groups(reader, municipality__region=region)


def of_area(reader: Reader, area: Any) -> list[Group]:
    """What there is in a service area and below it, by kind."""
    return [
        Group(
            kind,
            model._meta.verbose_name_plural,
            list(model.objects.visible_to(reader).in_area(area).published().for_cards()),
        )
        for kind, model in kinds().items()
    ]


def _groups(reader: Reader, **where: Any) -> list[Group]:
    return [
        Group(
            kind,
            model._meta.verbose_name_plural,
            list(model.objects.visible_to(reader).filter(**where).published().for_cards()),
        )
        for kind, model in kinds().items()
    ]
