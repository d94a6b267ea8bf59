"""A search as a tree that both engines can translate: text, audience, facets, order.

Nothing here is a query language. A reader's words are leaves of the tree and stay data in both engines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from search.schema import ANALYSES, LANGUAGES, PARTS, SORTS, VARIANTS, text_field
from search.text import content_words, normalise
from search.values import SearchRequest


@dataclass(frozen=True)
class Match:
    """The field contains the word (or all words, if the analysis makes several of it)."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Phrase:
    """The field contains the words near each other."""

    field: str
    text: str
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True)
class Best:
    """Scores like the best branch, plus a little for the others."""

    nodes: tuple["Node", ...]
    tie: float = 0.0


@dataclass(frozen=True)
class AnyOf:
    """At least one branch; scores add up."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class AllOf:
    """Every branch; scores add up."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Constant:
    """Matches like its branch, with a fixed score."""

    node: "Node"
    score: float


@dataclass(frozen=True)
class Optional:
    """What `needed` matches; `extra` only adds to the score."""

    needed: "Node"
    extra: tuple["Node", ...]


Node = Match | Phrase | Best | AnyOf | AllOf | Constant | Optional


@dataclass(frozen=True)
class Weights:
    """How much each thing counts; tuned with `manage.py search_evaluate` (docs/search.md)."""

    parts: Mapping[str, float] = field(
        default_factory=lambda: {"title": 1.5, "summary": 1.25, "tags": 1.25, "areas": 1.0, "body": 1.0}
    )
    analyses: Mapping[str, float] = field(
        default_factory=lambda: {"en": 1.0, "fr": 1.0, "fx": 0.8, "exact": 0.6}
    )
    tie: float = 0.2
    all_words: float = 4.0
    pair: float = 0.3
    slop: int = 2
    phrase_parts: tuple[str, ...] = ("title", "summary", "body")
    # What counts in the language that the reader does not read the site in.
    other_language: float = 0.7

    def for_reader_of(self, language: str) -> "Weights":
        """The weights for somebody who reads the site in this language."""
        other = {name for own, names in VARIANTS.items() if own != language for name in names} - {"exact"}
        analyses = {
            name: weight * (self.other_language if name in other else 1.0)
            for name, weight in self.analyses.items()
        }
        return replace(self, analyses=analyses)


WEIGHTS = Weights()


def matching(node: Node) -> Node:
    """What decides whether a document is found, without what only ranks it: enough for counting."""
    return node.needed if isinstance(node, Optional) else node


# More pairs than this cost time and say little.
MAX_PAIRS = 12


@dataclass(frozen=True)
class Plan:
    """Everything an engine needs to answer.

    `labels` is None only for one who sees everything; `kinds` is empty where every kind may be found.
    """

    text: Node | None
    words: tuple[str, ...]
    labels: frozenset[str] | None
    filters: Mapping[str, tuple[str, ...]]
    sort: str
    offset: int
    limit: int
    language: str
    excluded: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def word_node(word: str, weights: Weights = WEIGHTS) -> Node:
    """The word in any part of the document, under any analysis."""
    legs = (
        Match(text_field(part, analysis), word, weights.parts[part] * weights.analyses[analysis])
        for part in PARTS
        for analysis in ANALYSES
    )
    return Best(tuple(legs), weights.tie)


def pair_node(pair: tuple[str, str], weights: Weights = WEIGHTS) -> Node:
    """Two neighbouring words of the query, near each other in the document."""
    text = " ".join(pair)
    legs = (
        Phrase(
            text_field(part, language),
            text,
            weights.slop,
            weights.pair * weights.parts[part] * weights.analyses[language],
        )
        for part in weights.phrase_parts
        for language in LANGUAGES
    )
    return Best(tuple(legs))


def text_node(text: str, weights: Weights = WEIGHTS) -> Node | None:
    """Any of the words, more for all of them, more again for neighbours; None for an empty text."""
    found = content_words(text)
    if not found:
        # Only punctuation: nothing contains it, so nothing is found.
        return AnyOf(()) if normalise(text) else None
    each = tuple(word_node(word, weights) for word in found)
    if len(each) == 1:
        return each[0]
    together = Constant(AllOf(each), weights.all_words)
    pairs = tuple(pair_node(pair, weights) for pair in list(pairwise(found))[:MAX_PAIRS])
    return Optional(AnyOf(each), (together, *pairs))


def sort_of(request: SearchRequest, has_text: bool) -> str:
    """The order to use: nothing is more relevant than anything else when no text was given."""
    if request.sort in SORTS:
        return request.sort
    return "relevance" if has_text else "newest"


def build_plan(
    request: SearchRequest,
    labels: frozenset[str] | None,
    *,
    excluded: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    weights: Weights = WEIGHTS,
) -> Plan:
    """Turn a request and what its reader may see into a plan."""
    node = text_node(request.text, weights.for_reader_of(request.language))
    return Plan(
        text=node,
        words=content_words(request.text),
        labels=labels,
        filters={name: values for name, values in request.filters.items() if values},
        sort=sort_of(request, node is not None),
        offset=(request.page - 1) * request.page_size,
        limit=request.page_size,
        language=request.language,
        excluded=excluded,
        kinds=kinds,
    )
