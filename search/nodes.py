"""The parts of a plan's text: a small tree of plain values that both engines translate.

Nothing here is a query language. A reader's words are leaves of the tree and stay data in both engines.
"""

from collections.abc import Iterator
from dataclasses import dataclass


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
class Prefix:
    """The field contains a word that begins with these letters (folded, in an unstemmed field). Scores 1."""

    field: str
    word: str


@dataclass(frozen=True)
class Has:
    """The facet has one of the values. Scores what it says."""

    facet: str
    values: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class AtLeast:
    """The number is at least so much. Scores what it says."""

    number: str
    floor: int
    score: float


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


Node = Match | Fuzzy | Prefix | Has | AtLeast | Phrase | Best | AnyOf | AllOf | Constant | Optional


def matching(node: Node) -> Node:
    """What decides whether a document is found, without what only ranks it: enough for counting."""
    match node:
        case Match():
            return Match(node.field, node.text)
        case AnyOf() | Best():
            return AnyOf(tuple(_alternatives(node.nodes)))
        case AllOf():
            return AllOf(tuple(map(matching, node.nodes)))
        case Optional():
            return matching(node.needed)
        case Constant():
            return matching(node.node)
    return node


def _alternatives(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Each by itself: one of several is one of all."""
    for node in map(matching, nodes):
        if isinstance(node, AnyOf):
            yield from node.nodes
        else:
            yield node
