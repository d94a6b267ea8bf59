"""Nodes of a plan's text as clauses of Elasticsearch's query language: pure functions from values to dicts.

The reader's words appear only as the `query` of match clauses, which analyse but never parse.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from search.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Best,
    Constant,
    Fuzzy,
    Has,
    Match,
    Node,
    Optional,
    Phrase,
    Prefix,
    matching,
)  # fmt: skip
from search.schema import facet_field

# How many similar words of a field are looked for.
SIMILAR_WORDS = 100

Clause = dict[str, Any]


def _match(node: Match) -> Clause:
    return {"match": {node.field: {"query": node.text, "operator": "and", "boost": node.weight}}}


def _phrase(node: Phrase) -> Clause:
    return {"match_phrase": {node.field: {"query": node.text, "slop": node.slop, "boost": node.weight}}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _branches(nodes: Iterable[Node]) -> list[Clause]:
    return [text_clause(node) for node in nodes]


def _words(node: Node) -> object:
    """What a leaf looks for, wherever it looks; a branch is like no other."""
    match node:
        case Match():
            return node.text
        case Phrase():
            return node.text, node.slop
    return id(node)


def _in_fields(legs: Sequence[Any], tie: float) -> Clause:
    """The same words in several fields, as one clause: Elasticsearch makes the same query of it, and has less to read."""
    first = legs[0]
    if len(legs) == 1:
        return text_clause(first)
    how: Clause = {"operator": "and"} if isinstance(first, Match) else {"type": "phrase", "slop": first.slop}
    fields = [f"{leg.field}^{leg.weight}" for leg in legs]
    return {"multi_match": {"query": first.text, "fields": fields, "tie_breaker": tie, **how}}


def _best(node: Best) -> Clause:
    if len(set(map(_words, node.nodes))) == 1:
        return _in_fields(node.nodes, node.tie)
    # The best of the best would be something else than the best of all: a little of the others counts, too.
    return {"dis_max": {"queries": _branches(node.nodes), "tie_breaker": node.tie}}


def _any(node: AnyOf) -> Clause:
    groups: dict[object, list[Node]] = {}
    for each in node.nodes:
        groups.setdefault(_words(each), []).append(each)
    clauses = [_in_fields(legs, tie=1.0) for legs in groups.values()]
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}


def text_clause(node: Node) -> Clause:
    """One node of the plan."""
    match node:
        case Match():
            return _match(node)
        case Fuzzy():
            options = {"value": node.word, "fuzziness": node.distance, "max_expansions": SIMILAR_WORDS}
            return {"fuzzy": {node.field: options}}
        case Prefix():
            return {"prefix": {node.field: {"value": node.word}}}
        case Has():
            return _constant({"terms": {facet_field(node.facet): sorted(node.values)}}, node.score)
        case AtLeast():
            return _constant({"range": {node.number: {"gte": node.floor}}}, node.score)
        case Phrase():
            return _phrase(node)
        case Best():
            return _best(node)
        case AnyOf() if not node.nodes:
            return {"match_none": {}}
        case AnyOf():
            return _any(node)
        case AllOf():
            return {"bool": {"must": _branches(node.nodes)}}
        case Constant():
            return _constant(needed_clause(node.node), node.score)
        case Optional():
            return {"bool": {"must": [text_clause(node.needed)], "should": _branches(node.extra)}}


def needed_clause(node: Node) -> Clause:
    """What the node finds, as a clause that does not rank."""
    return text_clause(matching(node))
