"""What the search page offers to change: order, and choices to take back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext_lazy as _

from search.addresses import query_string
from search.facets import toggled
from search.labels import SORT_LABELS
from search.text import MAX_BYTES
from search.values import Facet, ResultPage, SearchRequest


class SearchForm(forms.Form):
    """The search box. Addresses are read by `search.addresses`, which never refuses one."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=MAX_BYTES,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Chip:
    """One chosen value, with the address of the search without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class SortOption:
    """One order, with the address of the search in it."""

    value: str
    label: str
    url: str
    selected: bool


def _url(path: str, request: SearchRequest) -> str:
    query = query_string(request)
    return f"{path}?{query}" if query else path


def chips(facets: Iterable[Facet], request: SearchRequest, path: str) -> list[Chip]:
    """Every chosen value that is known."""
    return [
        Chip(bucket.label, _url(path, toggled(request, facet.name, bucket.value)))
        for facet in facets
        for bucket in facet.buckets
        if bucket.selected
    ]


def sort_options(request: SearchRequest, path: str) -> list[SortOption]:
    """The orders; best match needs words to match."""
    current = request.sort if request.text or request.sort != "relevance" else "newest"
    return [
        SortOption(value, str(label), _url(path, replace(request, sort=value, page=1)), value == current)
        for value, label in SORT_LABELS.items()
        if request.text or value != "relevance"
    ]


def verbatim_url(found: ResultPage, path: str) -> str:
    """The address of the search for what was really typed."""
    return _url(path, replace(found.request, text=found.original, verbatim=True, page=1))


def suggestion_url(found: ResultPage, path: str) -> str:
    """The address of the search for what may have been meant."""
    return _url(path, replace(found.request, text=found.suggestion, page=1))


def page_url(request: SearchRequest, path: str, page: int) -> str:
    """The address of another page of the same search."""
    return _url(path, replace(request, page=page))
