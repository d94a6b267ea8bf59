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


def _united(nodes: Sequence[Node], tie: float) -> list[Clause]:
    """Branches whose best one counts, and so much of each other.

    The same words in several fields are one clause: Elasticsearch makes the same query of it, and has less to read.
    """
    groups: dict[object, list[Match | Phrase]] = {}
    others = []
    for node in nodes:
        match node:
            case Match():
                groups.setdefault(node.text, []).append(node)
            case Phrase():
                groups.setdefault((node.text, node.slop), []).append(node)
            case _:
                others.append(node)
    return [*(_in_fields(group, tie) for group in groups.values()), *_branches(others)]


def _in_fields(legs: Sequence[Match | Phrase], tie: float) -> Clause:
    first = legs[0]
    if len(legs) == 1:
        return text_clause(first)
    how: Clause = {"operator": "and"} if isinstance(first, Match) else {"type": "phrase", "slop": first.slop}
    fields = [f"{leg.field}^{leg.weight}" for leg in legs]
    return {"multi_match": {"query": first.text, "fields": fields, "tie_breaker": tie, **how}}


def _best(node: Best) -> Clause:
    united = _united(node.nodes, node.tie)
    if len(united) == 1:
        return united[0]
    # The best of the best is something else than the best of all, if a little of the others counts, too.
    return {"dis_max": {"queries": _branches(node.nodes), "tie_breaker": node.tie}}


def _any(node: AnyOf) -> Clause:
    clauses = _united(node.nodes, 1.0)
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
