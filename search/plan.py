"""A search as a tree that both engines can translate: text, audience, facets, order.

Nothing here is a query language. A reader's words are leaves of the tree and stay data in both engines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from search.boosts import gently, like
from search.documents import EVERYTHING, instead_for
from search.nodes import Node
from search.schema import FACETS, LIKE_MINE, SORTS
from search.syntax import Asked, Field, parse
from search.text import MAX_WORDS, content_words
from search.thesaurus import EMPTY, Thesaurus
from search.values import Range, SearchRequest
from search.weights import WEIGHTS, Weights
from search.wording import needed_node, refused_node

# A facet with the values that satisfy it.
Condition = tuple[str, tuple[str, ...]]
# Conditions that a document meets all of.
Group = tuple[Condition, ...]
# From what was typed for a facet to its values.
Resolve = Callable[[Field], tuple[str, ...]]

# A map shows every municipality, a list of choices the most frequent.
FEW_VALUES, MANY_VALUES = 100, 1000


@dataclass(frozen=True)
class Plan:
    """Everything an engine needs to answer.

    `labels` is None only for one who sees everything; `kinds` is empty where every kind may be found.
    `required` and `refused` are facet values that were typed: they narrow everything, counts included.
    So do `ranges`, and `alternatives`: groups of conditions of which one must hold wholly.
    `counted` are the facets to count. `checked` are words of which to tell how many of the documents have them;
    of one that more than `rare` have, no more than that needs to be true.
    `reading` says who reads, where a document gives way to its version in the reader's language; the choice
    of a language takes its place, so the languages are counted without it.
    `heard` is how far an index must have heard of urgent changes for `excluded` to be all it must leave out.
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
    # How many values of each facet are counted; 0 counts none.
    facet_size: int = FEW_VALUES
    without: Node | None = None
    counted: tuple[str, ...] = FACETS
    checked: tuple[str, ...] = ()
    rare: int | None = None
    reading: tuple[str, ...] = ()
    heard: int = 0

    def gives_way(self, counting: str | None = None) -> bool:
        """Whether other languages' versions are left out, here or when counting the values of a facet."""
        asked = "language" in self.filters or any(name == "language" for name, _ in self.required)
        return bool(self.reading) and not asked and counting != "language"


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


def reading(language: str, labels: frozenset[str] | None) -> tuple[str, ...]:
    """Names the reader to documents that give way to a version in this language."""
    return tuple(instead_for(language, label) for label in (EVERYTHING if labels is None else labels))


def _ranked(node: Node | None, request: SearchRequest, words: int, alike: tuple[Group, ...]) -> Node | None:
    """The words with what else ranks, where the score decides the order."""
    if request.sort == LIKE_MINE and alike:
        return like(node, alike)
    return gently(node, words) if node and request.sort not in SORTS else node


def build_plan(
    request: SearchRequest,
    labels: frozenset[str] | None,
    *,
    excluded: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    weights: Weights = WEIGHTS,
    resolve: Resolve = as_typed,
    thesaurus: Thesaurus = EMPTY,
    checked: tuple[str, ...] = (),
    rare: int | None = None,
    alternatives: tuple[Group, ...] = (),
    alike: tuple[Group, ...] = (),
) -> Plan:
    """Turn a request and what its reader may see into a plan.

    `kinds` are those that a list shows; `alike` is what municipalities like the reader's have.
    """
    asked = parse(request.text)
    own = weights.for_reader_of(request.language)
    node = needed_node(asked, own, thesaurus)
    return Plan(
        text=_ranked(node, request, len(content_words(asked.words)), alike),
        words=marked_words(asked, thesaurus),
        labels=labels,
        filters={name: values for name, values in request.filters.items() if values},
        sort=sort_of(request, node is not None or bool(alike)),
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
        checked=checked,
        rare=rare,
        reading=reading(request.language, labels),
    )
