"""What the search page offers to change: order, layout, and choices to make and to take back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import forms
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.addresses import VIEWS, kept_query, query_string
from search.facets import toggled
from search.labels import FACET_LABELS, NEEDS_FACET_NAME, SORT_LABELS, VIEW_LABELS
from search.schema import LIKE_MINE
from search.text import MAX_BYTES
from search.values import Bucket, Facet, Range, ResultPage, SearchRequest

# The values that people ask for by name, as toggles above the results.
QUICK = (("verdict", "did-not-work"), ("has", "tender-files"))


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
    """One choice in force, with the address of the search without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Option:
    """One way to see the search, with its address."""

    value: str
    label: str
    url: str
    selected: bool
    count: int | None = None


def address(path: str, request: SearchRequest) -> str:
    """The address of a search under a path."""
    query = query_string(request)
    return f"{path}?{query}" if query else path


def chips(facets: Iterable[Facet], request: SearchRequest, path: str) -> list[Chip]:
    """Everything that narrows the results and is known."""
    return [Chip(label, address(path, less)) for label, less in _chosen(facets, request)]


def _chosen(facets: Iterable[Facet], request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    for facet in facets:
        for bucket in facet.buckets:
            if bucket.selected:
                yield _named(facet, bucket), toggled(request, facet.name, bucket.value)
    for name, limits in request.ranges.items():
        others = {known: kept for known, kept in request.ranges.items() if known != name}
        yield f"{FACET_LABELS[name]}: {_in_words(name, limits)}", replace(request, ranges=others, page=1)
    if request.like_mine:
        yield gettext("Municipalities like mine"), replace(request, like_mine=False, page=1)


def _named(facet: Facet, bucket: Bucket) -> str:
    return f"{facet.label}: {bucket.label}" if facet.name in NEEDS_FACET_NAME else bucket.label


def _in_words(name: str, limits: Range) -> str:
    # A year has no thousands.
    lower, upper = (
        number_format(value, force_grouping=name != "year") if value is not None else ""
        for value in (limits.lower, limits.upper)
    )
    if lower and upper:
        return gettext("%(lower)s to %(upper)s") % {"lower": lower, "upper": upper}
    return (
        gettext("from %(lower)s") % {"lower": lower}
        if lower
        else gettext("up to %(upper)s") % {"upper": upper}
    )


def quick_options(
    facets: Iterable[Facet], request: SearchRequest, path: str, *, like_mine: bool
) -> list[Option]:
    """The toggles above the results that lead to something; `like_mine` for readers who have peers."""
    known = {(facet.name, bucket.value): bucket for facet in facets for bucket in facet.buckets}
    out = [
        Option(
            value, bucket.label, address(path, toggled(request, name, value)), bucket.selected, bucket.count
        )
        for name, value in QUICK
        if (bucket := known.get((name, value)))
    ]
    if like_mine:
        other = replace(request, like_mine=not request.like_mine, page=1)
        out.insert(
            0, Option("mine", gettext("Municipalities like mine"), address(path, other), request.like_mine)
        )
    return out


def sort_options(request: SearchRequest, path: str, *, like_mine: bool = False) -> list[Option]:
    """The orders; best match needs words to match."""
    current = request.sort if request.text or request.sort != "relevance" else "newest"
    return [
        Option(value, str(label), address(path, replace(request, sort=value, page=1)), value == current)
        for value, label in SORT_LABELS.items()
        if (request.text or value != "relevance") and (like_mine or value != LIKE_MINE)
    ]


def view_options(request: SearchRequest, path: str) -> list[Option]:
    """The layouts."""
    return [
        Option(
            view,
            str(VIEW_LABELS[view]),
            address(path, replace(request, view=view, page=1)),
            view == request.view,
        )
        for view in VIEWS
    ]


def kept(request: SearchRequest) -> list[tuple[str, str]]:
    """What the search form must send along, besides what its own fields say."""
    out = [("sort", request.sort)] if request.sort != "relevance" else []
    out += [("view", request.view)] if request.view != VIEWS[0] else []
    return out + ([("like", "mine")] if request.like_mine else [])


def verbatim_url(found: ResultPage, path: str) -> str:
    """The address of the search for what was really typed."""
    return address(path, replace(found.request, text=found.original, verbatim=True, page=1))


def suggestion_url(found: ResultPage, path: str) -> str:
    """The address of the search for what may have been meant."""
    return address(path, replace(found.request, text=found.suggestion, page=1))


def page_url(request: SearchRequest, path: str, page: int) -> str:
    """The address of another page of the same search."""
    return address(path, replace(request, page=page))


def feed_url(request: SearchRequest) -> str:
    """The address of the feed that brings what everybody finds."""
    feed, query = reverse("search:feed"), kept_query(replace(request, sort="relevance", like_mine=False))
    return f"{feed}?{query}" if query else feed
