"""Counts as facets that can be shown: labelled, ordered, each value with its own address."""

from collections.abc import Mapping
from dataclasses import replace

from search.addresses import query_string
from search.labels import FACET_LABELS, ORDERED, value_labels
from search.schema import FACETS
from search.values import Bucket, Facet, SearchRequest

MAX_BUCKETS = 50


def build(counts: Mapping[str, Mapping[str, int]], request: SearchRequest) -> tuple[Facet, ...]:
    """All facets that have a value to choose."""
    facets = (_facet(name, counts.get(name, {}), request) for name in FACETS)
    return tuple(facet for facet in facets if facet.buckets)


def _facet(name: str, counts: Mapping[str, int], request: SearchRequest) -> Facet:
    chosen = request.filters.get(name, ())
    # What is chosen stays, so that it can be unchosen.
    full = {**dict.fromkeys(chosen, 0), **counts}
    labels = value_labels(name, full.keys())
    buckets = (
        Bucket(value, labels[value], count, value in chosen, query_string(toggled(request, name, value)))
        for value, count in full.items()
        if value in labels
    )
    return Facet(name, str(FACET_LABELS[name]), tuple(_ordered(name, list(buckets))[:MAX_BUCKETS]))


def _ordered(name: str, buckets: list[Bucket]) -> list[Bucket]:
    if name in ORDERED:
        return sorted(buckets, key=lambda bucket: ORDERED[name].index(bucket.value))
    return sorted(buckets, key=lambda bucket: (not bucket.selected, -bucket.count, bucket.label))


def toggled(request: SearchRequest, name: str, value: str) -> SearchRequest:
    """The same search, on its first page, with one value chosen or no longer chosen."""
    chosen = request.filters.get(name, ())
    values = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
    return replace(request, filters={**request.filters, name: values}, page=1)
