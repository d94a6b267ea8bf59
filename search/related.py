"""What else is like an item: it shares a service area or a tag, and the more words the better."""

from collections.abc import Iterable

from search.boosts import CURRENT_FIRST
from search.documents import Document
from search.nodes import AnyOf, Has, Match, Node, Optional
from search.plan import Plan, reading
from search.schema import analysis_language, text_field
from search.text import content_words

# What a shared value counts, beside the words of title and summary.
SCORES = {"tag": 4.0, "service_area": 2.0}
MAX_WORDS = 16
# More than are shown: some may be translations of the item, or hidden since.
CANDIDATES = 12


def plan(item: Document, labels: frozenset[str] | None, *, excluded: tuple[str, ...], language: str) -> Plan:
    """The search for what is like an item; nothing is like one without area and tag."""
    shared = tuple(_shared(item))
    words = content_words(f"{item.title} {item.summary}")[:MAX_WORDS]
    return Plan(
        text=Optional(AnyOf(shared), (*_words(words, analysis_language(item.language)), CURRENT_FIRST)),
        words=(),
        labels=labels,
        filters={},
        sort="relevance",
        offset=0,
        limit=CANDIDATES,
        language=language,
        excluded=(*excluded, item.key),
        counted=(),
        reading=reading(language, labels),
    )


def _shared(item: Document) -> Iterable[Node]:
    return (
        Has(name, (value,), score) for name, score in SCORES.items() for value in item.facets.get(name, ())
    )


def _words(words: Iterable[str], language: str) -> Iterable[Node]:
    return (
        Match(text_field(part, language), word, weight)
        for word in words
        for part, weight in (("title", 1.0), ("summary", 0.5))
    )
