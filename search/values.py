"""What goes into a search and what comes out: plain frozen values, no engine object among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Range:
    """A number from `lower` to `upper`, both included; None where there is no limit."""

    lower: int | None = None
    upper: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return self.lower is not None or self.upper is not None


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
    ranges: Mapping[str, Range] = field(default_factory=dict)
    # Only from municipalities like the reader's own; means nothing for a reader who has none.
    like_mine: bool = False
    # How the results are laid out, and the items picked for comparison: kept in the address with the rest.
    view: str = "list"
    picked: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the words limits the results."""
        return bool(self.filters or self.ranges or self.like_mine)


@dataclass(frozen=True)
class Bucket:
    """One value of a facet, with the number of visible results that have it."""

    value: str
    label: str
    count: int
    selected: bool
    url_params: str = ""
    # 1 for a value that belongs below the one before it.
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A way to narrow the results."""

    name: str
    label: str
    buckets: tuple[Bucket, ...]
    # The limits in force, for a facet that is also a number.
    limits: Range | None = None


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
    # How an address names it among the items to compare; empty for kinds that are not compared.
    pick: str = ""
    is_picked: bool = False
    # The attached file that the snippet is from, if it is from one.
    file: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Something that may be meant, with its address; `language` where its label is not in the interface's."""

    label: str
    url: str
    detail: str = ""
    language: str = ""


@dataclass(frozen=True)
class Group:
    """Suggestions of one kind."""

    kind: str
    label: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Suggestions:
    """What may be meant by what was typed so far."""

    text: str
    groups: tuple[Group, ...]
    # No engine answered: there may be some.
    unanswered: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(group.suggestions) for group in self.groups)


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
    # For a map: the number of visible results of each municipality, by slug.
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before this one."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether a page follows this one."""
        return self.page < self.pages
