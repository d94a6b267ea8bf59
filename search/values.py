"""What goes into a search and what comes out: plain frozen values, no engine object among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class SearchRequest:
    """What a reader asks for."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    page_size: int = 20
    language: str = "en"
    # Search for exactly what was typed, even if it looks misspelt.
    verbatim: bool = False


@dataclass(frozen=True)
class Bucket:
    """One value of a facet, with the number of visible results that have it."""

    value: str
    label: str
    count: int
    selected: bool
    url_params: str = ""


@dataclass(frozen=True)
class Facet:
    """A way to narrow the results."""

    name: str
    label: str
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True)
class Hit:
    """One result, ready to be shown."""

    kind: str
    kind_label: str
    item_id: int
    title: str
    summary: str
    url: str
    snippet: SafeString
    language: str
    score: float
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class ResultPage:
    """One page of results with the counts that go with it."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    page: int
    pages: int
    engine: str
    limited: bool
    took_ms: float
    engine_ms: float
    request: SearchRequest
    # What was typed, where the results are for another spelling of it.
    original: str = ""
    # Another text that would find more, where it is not certain that it was meant.
    suggestion: str = ""

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before this one."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether a page follows this one."""
        return self.page < self.pages
