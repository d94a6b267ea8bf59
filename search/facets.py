"""Counts as facets that can be shown: labelled, ordered, each value with its own address."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from search import areas
from search.addresses import query_string
from search.labels import FACET_LABELS, ORDERED, value_labels
from search.schema import FACETS, RANGES
from search.values import Bucket, Facet, Range, SearchRequest

# A list of towns or tags can be long; who looks for a rarer one types its name.
MAX_BUCKETS = 20
# So few areas and sub-areas are shown all at once.
FEW_AREAS = 8

Counts = Mapping[str, int]


def build(counts: Mapping[str, Counts], request: SearchRequest) -> tuple[Facet, ...]:
    """All facets that have a value to choose."""
    # Most facets have nothing chosen: what their values' addresses have in common is the same.
    address = query_string(replace(request, page=1))
    facets = (_facet(name, counts.get(name, {}), request, address) for name in FACETS)
    return tuple(facet for facet in facets if facet.buckets or facet.limits)


def _facet(name: str, counts: Counts, request: SearchRequest, address: str) -> Facet:
    chosen = request.filters.get(name, ())
    most = _as_tree(counts, chosen) if name == "service_area" else _most_frequent(counts, chosen)
    buckets = _ordered(name, list(_buckets(name, most, request, address)))
    limits = (
        request.ranges.get(name, Range()) if name in RANGES and (buckets or name in request.ranges) else None
    )
    return Facet(name, str(FACET_LABELS[name]), tuple(buckets), limits)


def _as_tree(counts: Counts, chosen: tuple[str, ...]) -> dict[str, int]:
    """Areas with their sub-areas below them: those of chosen areas, or all of them if they are few."""
    above = areas.parents()
    full = {**dict.fromkeys(chosen, 0), **counts}
    opened = {above.get(slug, slug) for slug in chosen}
    few = len(full) <= FEW_AREAS
    shown = {slug for slug in full if slug not in above or few or above[slug] in opened}
    # A chosen sub-area needs its area above it, even where nothing is left of that.
    shown |= {above[slug] for slug in chosen if slug in above}

    def most(slug: str) -> tuple[int, str]:
        return (-full.get(slug, 0), slug)

    below: dict[str, list[str]] = {slug: [] for slug in sorted(shown, key=most) if slug not in above}
    for slug in sorted(shown & above.keys(), key=most):
        # An index may not have heard yet that an area has come to stand below another.
        below.get(above[slug], []).append(slug)
    return {slug: full.get(slug, 0) for top, subs in below.items() for slug in (top, *subs)}


def _most_frequent(counts: Counts, chosen: tuple[str, ...]) -> dict[str, int]:
    """The values to show. What is chosen stays among them, so that it can be unchosen."""
    full = {**dict.fromkeys(chosen, 0), **counts}
    ranked = sorted(full, key=lambda value: (value not in chosen, -full[value], value))
    return {value: full[value] for value in ranked[:MAX_BUCKETS]}


def _buckets(name: str, counts: Counts, request: SearchRequest, address: str) -> Iterator[Bucket]:
    chosen = request.filters.get(name, ())
    labels = value_labels(name, counts.keys())
    above = areas.parents() if name == "service_area" else {}
    others = _without(request, name) if chosen else address
    for value, count in counts.items():
        # A tag that this reader finds nowhere may stand on hidden items: it is called what was typed.
        label = value if name == "tag" and not count else labels.get(value)
        if label:
            own = _joined(others, name, _without_or_with(chosen, value))
            yield Bucket(value, label, count, value in chosen, own, int(value in above))


def _without(request: SearchRequest, name: str) -> str:
    return query_string(replace(request, filters={**request.filters, name: ()}, page=1))


def _joined(others: str, name: str, values: tuple[str, ...]) -> str:
    # The rest of the address is the same for all values of a facet, so it is written once.
    own = (_pair(name, value) for value in values)
    return "&".join((others, *own) if others else own)


# A page has a hundred of them, and the next page the same ones.
@lru_cache(maxsize=4_096)
def _pair(name: str, value: str) -> str:
    return urlencode([(name, value)])


def _ordered(name: str, buckets: list[Bucket]) -> list[Bucket]:
    if name == "service_area":
        return buckets
    if name == "year":
        return sorted(buckets, key=lambda bucket: bucket.value, reverse=True)
    if name in ORDERED:
        return sorted(buckets, key=lambda bucket: ORDERED[name].index(bucket.value))
    return sorted(buckets, key=lambda bucket: (not bucket.selected, -bucket.count, bucket.label))


def _without_or_with(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)


def toggled(request: SearchRequest, name: str, value: str) -> SearchRequest:
    """The same search, on its first page, with one value chosen or no longer chosen."""
    values = _without_or_with(request.filters.get(name, ()), value)
    return replace(request, filters={**request.filters, name: values}, page=1)
