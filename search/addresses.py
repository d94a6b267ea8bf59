"""A search as the query part of an address that can be shared, and back."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from django.http import QueryDict

from search.schema import FACETS, SORTS
from search.text import normalise
from search.values import SearchRequest

MAX_PAGE = 100
# More chosen values than this are nobody's doing but a robot's.
MAX_VALUES = 20
MAX_VALUE_LENGTH = 120


def parse(query: QueryDict, *, language: str = "en") -> SearchRequest:
    """The search an address asks for. What it doesn't know it ignores; nothing makes it fail."""
    sort = query.get("sort") or ""
    return SearchRequest(
        text=normalise(query.get("q") or ""),
        filters={name: values for name in FACETS if (values := _values(query, name))},
        sort=sort if sort in SORTS else "relevance",
        page=_page(query.get("page") or ""),
        language=language,
        verbatim=query.get("verbatim") == "1",
    )


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    cleaned = (normalise(value)[:MAX_VALUE_LENGTH] for value in query.getlist(name)[:MAX_VALUES])
    return tuple(dict.fromkeys(value for value in cleaned if value))


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), MAX_PAGE)


def pairs(request: SearchRequest) -> Iterator[tuple[str, str]]:
    """The parameters of the address, in a fixed order."""
    if request.text:
        yield "q", request.text
    for name in FACETS:
        yield from ((name, value) for value in request.filters.get(name, ()))
    if request.sort != "relevance":
        yield "sort", request.sort
    if request.verbatim:
        yield "verbatim", "1"
    if request.page > 1:
        yield "page", str(request.page)


def query_string(request: SearchRequest) -> str:
    """The address' query part, without the question mark."""
    return urlencode(list(pairs(request)))


def from_mapping(text: str, facets: Mapping[str, tuple[str, ...]], *, language: str) -> SearchRequest:
    """A search from a command line, read as carefully as one from an address."""
    query = QueryDict(mutable=True)
    query["q"] = text
    for name, values in facets.items():
        query.setlist(name, list(values))
    return parse(query, language=language)
