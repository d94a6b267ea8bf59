"""What is picked for comparison, with the addresses that take a piece away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from search import picks
from search.compare import Title
from search.documents import key_of
from search.forms import Chip, address
from search.values import SearchRequest


@dataclass(frozen=True)
class Tray:
    """What was picked for comparison: each item with the address without it, and where to compare them."""

    items: tuple[Chip, ...]
    compare_url: str
    most: int = picks.MOST

    @property
    def too_many(self) -> bool:
        """Whether more was picked than can be compared."""
        return len(self.items) > self.most


@dataclass(frozen=True)
class Column:
    """One compared item, with the address of the comparison without it."""

    page: Any
    remove_url: str


def tray(picked: Iterable[Title], request: SearchRequest, path: str) -> Tray:
    """What is picked, as the search page shows it."""
    items = tuple(Chip(item.title, address(path, _without(request, item.key))) for item in picked)
    return Tray(items, address(reverse("search:compare"), replace(request, page=1)))


def columns(pages: Iterable[Any], request: SearchRequest, path: str) -> list[Column]:
    """The heads of the comparison's columns."""
    keys = ((page, key_of(page.kind, page.pk)) for page in pages)
    return [Column(page, address(path, _without(request, key))) for page, key in keys]


def _without(request: SearchRequest, key: str) -> SearchRequest:
    return replace(request, picked=tuple(other for other in request.picked if other != key))
