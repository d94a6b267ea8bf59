"""A search as a tree that both engines can translate: text, audience, facets, order.

Nothing here is a query language. A reader's words are leaves of the tree and stay data in both engines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from search.schema import ANALYSES, LANGUAGES, PARTS, SORTS, VARIANTS, text_field
from search.syntax import Asked, Field, parse
from search.text import MAX_WORDS, content_words, words
from search.thesaurus import EMPTY, Span, Term, Thesaurus, compounds
from search.values import Range, SearchRequest


@dataclass(frozen=True)
class Match:
    """The field contains the word (or all words, if the analysis makes several of it)."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Fuzzy:
    """The field contains a word of at most so many other letters. Never made of what people type alone."""

    field: str
    word: str
    distance: int


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


Node = Match | Fuzzy | Phrase | Best | AnyOf | AllOf | Constant | Optional


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
    # What a synonym counts for each word that it stands for.
    synonym: float = 0.4
    compound: float = 0.6
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
    match node:
        case Optional():
            return node.needed
        case AllOf():
            return AllOf(tuple(map(matching, node.nodes)))
    return node


# A facet with the values that satisfy it.
Condition = tuple[str, tuple[str, ...]]
# Conditions that a document meets all of.
Group = tuple[Condition, ...]
# From what was typed for a facet to its values.
Resolve = Callable[[Field], tuple[str, ...]]

# A map shows every municipality, a list of choices the most frequent.
FEW_VALUES, MANY_VALUES = 100, 1000
# More pairs than this cost time and say little.
MAX_PAIRS = 12


@dataclass(frozen=True)
class Plan:
    """Everything an engine needs to answer.

    `labels` is None only for one who sees everything; `kinds` is empty where every kind may be found.
    `required` and `refused` are facet values that were typed: they narrow everything, counts included.
    So do `ranges`, and `alternatives`: groups of conditions of which one must hold wholly.
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
    required: tuple[Condition, ...] = ()
    refused: tuple[Condition, ...] = ()
    ranges: Mapping[str, Range] = field(default_factory=dict)
    alternatives: tuple[Group, ...] = ()
    # How many values of each facet are counted.
    facet_size: int = FEW_VALUES
    without: Node | None = None


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


def phrase_node(text: str, weights: Weights = WEIGHTS) -> Node:
    """Exactly these words in this order, in one part of the document; accents and case don't matter."""
    legs = (Phrase(text_field(part, "exact"), text, 0, weights.parts[part]) for part in PARTS)
    return Best(tuple(legs), weights.tie)


# Where a term of each language is looked for; a compound's parts may be inflected.
_TERM_ANALYSES = {"en": ("en", "exact"), "fr": ("fr", "fx", "exact"), "compound": ("en", "exact")}


def term_node(term: Term, span: Span, weights: Weights) -> Node:
    """What else the words of a span are called."""
    factor = weights.compound if term.language == "compound" else weights.synonym
    factor *= len(span.words) / len(words(term.text))
    legs = (
        _term_leg(part, analysis, term.text, weights.parts[part] * weights.analyses[analysis] * factor)
        for part in weights.phrase_parts
        for analysis in _TERM_ANALYSES[term.language]
    )
    return Best(tuple(legs))


def _term_leg(part: str, analysis: str, text: str, weight: float) -> Node:
    field = text_field(part, analysis)
    return Phrase(field, text, 0, weight) if len(words(text)) > 1 else Match(field, text, weight)


def spans_of(text: str, thesaurus: Thesaurus) -> tuple[Span, ...]:
    """Where the thesaurus or another spelling says the same."""
    return (*thesaurus.spans(text), *compounds(text))


def plain_node(text: str, weights: Weights = WEIGHTS, thesaurus: Thesaurus = EMPTY) -> Node | None:
    """Any of the words, more for all of them, more again for neighbours; None for an empty text."""
    found = content_words(text)
    if not found:
        # Only punctuation: nothing contains it, so nothing is found.
        return AnyOf(()) if text else None
    others = [
        (span, tuple(term_node(term, span, weights) for term in span.others))
        for span in spans_of(text, thesaurus)
    ]
    each = tuple(_unit(word, others, weights) for word in found)
    longer = tuple(Best(nodes) for span, nodes in others if len(span.words) > 1)
    if len(each) == 1 and not longer:
        return each[0]
    pairs = tuple(pair_node(pair, weights) for pair in list(pairwise(found))[:MAX_PAIRS])
    together = AllOf(tuple(_covered(word, node, others) for word, node in zip(found, each, strict=True)))
    return Optional(AnyOf((*each, *longer)), (Constant(together, weights.all_words), *pairs))


Others = list[tuple[Span, tuple[Node, ...]]]


def _unit(word: str, others: Others, weights: Weights) -> Node:
    """One word, or what else it is called."""
    same = tuple(node for span, nodes in others if span.words == (word,) for node in nodes)
    own = word_node(word, weights)
    return Best((own, *same)) if same else own


def _covered(word: str, node: Node, others: Others) -> Node:
    """The word itself, or a term that says it together with its neighbours."""
    wider = tuple(n for span, nodes in others if len(span.words) > 1 and word in span.words for n in nodes)
    return AnyOf((node, *wider)) if wider else node


def text_node(text: str, weights: Weights = WEIGHTS) -> Node | None:
    """What a document must contain to be found; None if anything will do."""
    return needed_node(parse(text), weights)


def needed_node(asked: Asked, weights: Weights, thesaurus: Thesaurus = EMPTY) -> Node | None:
    """The plain words and every phrase."""
    plain = plain_node(asked.plain, weights, thesaurus)
    nodes = (*([plain] if plain else []), *(phrase_node(phrase, weights) for phrase in asked.phrases))
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else AllOf(nodes)


def refused_node(asked: Asked, weights: Weights) -> Node | None:
    """What a document must not contain; None if nothing is refused."""
    nodes = [word_node(word, weights) for text in asked.refused_words for word in content_words(text)]
    nodes += [phrase_node(phrase, weights) for phrase in asked.refused_phrases]
    return AnyOf(tuple(nodes)) if nodes else None


def as_typed(field: Field) -> tuple[str, ...]:
    """The value itself, for want of a better one."""
    return (field.value,)


def marked_words(asked: Asked, thesaurus: Thesaurus) -> tuple[str, ...]:
    """The words to mark in a snippet: the reader's, and those that say the same."""
    same = (term.text for span in thesaurus.spans(asked.plain) for term in span.others)
    others = (word for text in same for word in content_words(text))
    return tuple(dict.fromkeys((*content_words(asked.words), *others)))[: 2 * MAX_WORDS]


def _conditions(fields: Iterable[Field], resolve: Resolve) -> tuple[Condition, ...]:
    return tuple((field.facet, resolve(field)) for field in fields)


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
    resolve: Resolve = as_typed,
    thesaurus: Thesaurus = EMPTY,
    alternatives: tuple[Group, ...] = (),
) -> Plan:
    """Turn a request and what its reader may see into a plan; `kinds` are those that a list shows."""
    asked = parse(request.text)
    own = weights.for_reader_of(request.language)
    node = needed_node(asked, own, thesaurus)
    return Plan(
        text=node,
        words=marked_words(asked, thesaurus),
        labels=labels,
        filters={name: values for name, values in request.filters.items() if values},
        sort=sort_of(request, node is not None),
        offset=(request.page - 1) * request.page_size,
        limit=request.page_size,
        language=request.language,
        excluded=excluded,
        kinds=() if node else kinds,
        required=_conditions(asked.fields, resolve),
        refused=_conditions(asked.refused_fields, resolve),
        ranges=dict(request.ranges),
        alternatives=alternatives,
        facet_size=MANY_VALUES if request.view == "map" else FEW_VALUES,
        without=refused_node(asked, own),
    )
