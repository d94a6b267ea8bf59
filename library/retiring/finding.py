"""Which page somebody means by an address, an identifier or words of a title: only of those that they may see."""

from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from library.models import LibraryPage
from library.registry import kinds
from members.audience import Reader

MOST = 10
MOST_WORDS = 8


@dataclass(frozen=True)
class Meant:
    """What may be meant; `page` where there is no doubt."""

    pages: tuple[LibraryPage, ...] = ()
    page: LibraryPage | None = None


def meant(text: str, reader: Reader, *, besides: LibraryPage) -> Meant:
    """The pages in use, other than `besides`, that the text may mean; at most ten, those it names first."""
    text = text.strip().replace("\x00", "")
    if not text:
        return Meant()
    named = _pages(_named(text, besides), reader, besides)
    if len(named) == 1:
        return Meant(tuple(named), named[0])
    found = {page.pk: page for page in chain(named, _pages(_titled(text), reader, besides))}
    return Meant(tuple(found.values())[:MOST])


def _named(text: str, besides: LibraryPage) -> Q:
    """Its address with or without host and language, its identifier, or its whole title."""
    path = urlsplit(text).path if "/" in text else text
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in dict(settings.LANGUAGES):
        parts = parts[1:]
    # There is one site: all addresses begin with its home page.
    home = besides.url_path.split("/")[1]
    return Q(url_path=f"/{'/'.join([home, *parts])}/") | Q(identifier=text) | Q(title__iexact=text)


def _titled(text: str) -> Q:
    words = Q()
    for word in text.split()[:MOST_WORDS]:
        words &= Q(title__icontains=word)
    return words


def _pages(wanted: Q, reader: Reader, besides: LibraryPage) -> list[LibraryPage]:
    def of(model: Any) -> Any:
        seen = model.objects.visible_to(reader).in_use().exclude(pk=besides.pk)
        return seen.filter(wanted).select_related("municipality").order_by("title", "pk")[:MOST]

    return list(chain.from_iterable(of(model) for model in kinds().values()))[:MOST]
