"""A search as the query part of an address that can be shared, and back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from search import picks
from search.schema import FACETS, LIKE_MINE, RANGES, SORTS
from search.text import normalise
from search.values import Range, SearchRequest

MAX_PAGE = 100
# More chosen values than this are nobody's doing but a robot's.
MAX_VALUES = 20
MAX_VALUE_LENGTH = 120
# Larger numbers than any town's residents, small enough for every engine.
MAX_DIGITS = 9
RANGE_ENDS = ("min", "max")
# How results are laid out; the first where the address says nothing.
VIEWS = ("list", "cards", "map")


def parse(query: QueryDict, *, language: str = "en") -> SearchRequest:
    """The search an address asks for. What it doesn't know it ignores; nothing makes it fail."""
    sort, view = query.get("sort") or "", query.get("view") or ""
    return SearchRequest(
        text=normalise(query.get("q") or ""),
        filters={name: values for name in FACETS if (values := _values(query, name))},
        ranges={name: limits for name in RANGES if (limits := _limits(query, name))},
        like_mine=query.get("like") == "mine",
        sort=sort if sort in (*SORTS, LIKE_MINE) else "relevance",
        page=_page(query.get("page") or ""),
        language=language,
        verbatim=query.get("verbatim") == "1",
        view=view if view in VIEWS else VIEWS[0],
        picked=picks.parse(query.getlist("item")),
    )


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    cleaned = (normalise(value)[:MAX_VALUE_LENGTH] for value in query.getlist(name)[:MAX_VALUES])
    return tuple(dict.fromkeys(value for value in cleaned if value))


def _limits(query: QueryDict, name: str) -> Range | None:
    """The limits of a range, the lower one first, whichever way round they were typed; None without any."""
    lower, upper = (_number(query.get(f"{name}_{end}") or "") for end in RANGE_ENDS)
    if lower is not None and upper is not None and lower > upper:
        lower, upper = upper, lower
    return None if lower is None and upper is None else Range(lower, upper)


def _number(text: str) -> int | None:
    """A number as people write it ("10,000", "10 000"); None for anything else."""
    digits = re.sub(r"[\s,’']", "", text[:20])
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS else None


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), MAX_PAGE)


def pairs(request: SearchRequest) -> Iterator[tuple[str, str]]:
    """The parameters of the address, in a fixed order."""
    if request.text:
        yield "q", request.text
    for name in FACETS:
        yield from ((name, value) for value in request.filters.get(name, ()))
    for name, limits in request.ranges.items():
        yield from _limit_pairs(name, limits)
    if request.like_mine:
        yield "like", "mine"
    if request.sort != "relevance":
        yield "sort", request.sort
    if request.verbatim:
        yield "verbatim", "1"
    if request.view != VIEWS[0]:
        yield "view", request.view
    yield from (("item", picks.written(key)) for key in request.picked)
    if request.page > 1:
        yield "page", str(request.page)


def _limit_pairs(name: str, limits: Range) -> Iterator[tuple[str, str]]:
    for end, value in zip(RANGE_ENDS, (limits.lower, limits.upper), strict=True):
        if value is not None:
            yield f"{name}_{end}", str(value)


def query_string(request: SearchRequest) -> str:
    """The address' query part, without the question mark."""
    # A colon needs no escape here, and a pick reads better with it.
    return urlencode(list(pairs(request)), safe=":")


def kept_query(request: SearchRequest) -> str:
    """The query part of what is worth keeping of a search: no page, no layout, nothing picked."""
    return query_string(replace(request, page=1, view=VIEWS[0], picked=(), verbatim=False))


def from_mapping(text: str, facets: Mapping[str, tuple[str, ...]], *, language: str) -> SearchRequest:
    """A search from a command line, read as carefully as one from an address."""
    query = QueryDict(mutable=True)
    query["q"] = text
    for name, values in facets.items():
        query.setlist(name, list(values))
    return parse(query, language=language)
