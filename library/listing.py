"""Lists of items of all kinds, as one reader may see them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from library.models import LibraryPage
from library.registry import kinds
from members.audience import Reader

_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Group:
    """Items of one kind, under the kind's own name in the plural."""

    kind: str
    label: Any
    items: list[LibraryPage]


def newest(reader: Reader, limit: int) -> list[LibraryPage]:
    """The newest items of all kinds, at most `limit`, each in the interface's language where there is a choice."""
    lists = [_listed(model.objects.all(), reader)[:limit] for model in kinds().values()]
    return sorted(chain(*lists), key=_published, reverse=True)[:limit]


def _published(item: LibraryPage) -> datetime.datetime:
    return item.first_published_at or _LONG_AGO


def of_municipality(reader: Reader, municipality: Any) -> list[Group]:
    """What a municipality published, by kind."""
    return _groups(reader, lambda items: items.filter(municipality=municipality))


def of_region(reader: Reader, region: Any) -> list[Group]:
    """What the municipalities of a region published, by kind."""
    return _groups(reader, lambda items: items.filter(municipality__region=region))


def of_area(reader: Reader, area: Any) -> list[Group]:
    """What there is in a service area and below it, by kind."""
    return _groups(reader, lambda items: items.in_area(area))


def _groups(reader: Reader, narrow: Callable[[Any], Any]) -> list[Group]:
    return [
        Group(kind, model._meta.verbose_name_plural, list(_listed(narrow(model.objects.all()), reader)))
        for kind, model in kinds().items()
    ]


def _listed(items: Any, reader: Reader) -> Any:
    language = get_language() or settings.LANGUAGE_CODE
    return items.visible_to(reader).in_preferred_language(language, reader).published().for_cards()
