"""Lists of items of all kinds, as one reader may see them."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Value
from django.utils.translation import get_language

from library.models import LibraryPage
from library.registry import kinds
from members.audience import Audience, Reader

# Two or three rows of cards; the search shows the others, page by page.
GROUP_ITEMS = 6
SHARED_ITEMS = 100
_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Group:
    """The newest items of one kind, under the kind's own name in the plural, and how many there are.

    What was retired stands last.
    """

    kind: str
    label: Any
    items: list[LibraryPage]
    total: int
    # The search that finds them all, as the query of its address; empty when all are here.
    rest: str = ""


def newest(reader: Reader, limit: int) -> list[LibraryPage]:
    """The newest items of all kinds in use, at most `limit`, each in the interface's language where there is a choice."""
    lists = [_listed(model.objects.in_use(), reader).published()[:limit] for model in kinds().values()]
    return sorted(chain(*lists), key=_published, reverse=True)[:limit]


def _published(item: LibraryPage) -> datetime.datetime:
    return item.first_published_at or _LONG_AGO


def of_municipality(reader: Reader, municipality: Any) -> list[Group]:
    """What a municipality published, by kind."""
    return _groups(
        reader, lambda items: items.filter(municipality=municipality), municipality=municipality.slug
    )


def of_region(reader: Reader, region: Any) -> list[Group]:
    """What the municipalities of a region published, by kind."""
    return _groups(reader, lambda items: items.filter(municipality__region=region), region=region.slug)


def to_begin_with(reader: Reader, region: Any) -> list[Group]:
    """What the municipalities of a region published and did not retire, by kind: for newcomers."""
    return _groups(
        reader, lambda items: items.in_use().filter(municipality__region=region), region=region.slug
    )


def of_area(reader: Reader, area: Any) -> list[Group]:
    """What there is in a service area and below it, by kind."""
    return _groups(reader, lambda items: items.in_area(area), service_area=area.slug)


def of_working_group(reader: Reader, group: Any) -> list[Group]:
    """What was shared with a working group; at most a hundred of each kind, for no search narrows to a group."""
    return _groups(
        reader, lambda items: items.filter(audience=Audience.GROUP, groups=group), limit=SHARED_ITEMS
    )


def _groups(
    reader: Reader, narrow: Callable[[Any], Any], *, limit: int = GROUP_ITEMS, **facet: str
) -> list[Group]:
    lists = {
        kind: _listed(narrow(model.objects.all()), reader).retired_last() for kind, model in kinds().items()
    }
    # One more than is shown tells whether there are more, and only then they are counted.
    found = {kind: list(items[: limit + 1]) for kind, items in lists.items()}
    full = {kind: lists[kind] for kind, items in found.items() if len(items) > limit}
    totals = {kind: len(items) for kind, items in found.items()} | _totals(full)
    return [
        Group(
            kind,
            model._meta.verbose_name_plural,
            found[kind][:limit],
            totals[kind],
            urlencode({"kind": kind, **facet}) if kind in full else "",
        )
        for kind, model in kinds().items()
    ]


def _totals(lists: Mapping[str, Any]) -> dict[str, int]:
    """How many there are in each list, in one query for all."""
    counts = [
        items.order_by().annotate(of_kind=Value(kind)).values("of_kind").annotate(total=Count("pk"))
        for kind, items in lists.items()
    ]
    if not counts:
        return {}
    rows = counts[0].union(*counts[1:], all=True)
    return dict(rows.values_list("of_kind", "total"))


def _listed(items: Any, reader: Reader) -> Any:
    language = get_language() or settings.LANGUAGE_CODE
    return items.visible_to(reader).in_preferred_language(language, reader).for_cards()
