"""A plan as tantivy queries, built from analysed terms; tantivy's query parser is never used."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Literal

from tantivy import FieldType, Occur, Query

from search.engines.embedded.analysis import tokens
from search.engines.embedded.layout import schema
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
from search.plan import Plan
from search.schema import LANGUAGES, facet_field, text_field
from search.values import Range
from search.wording import word_node

FEW_TERMS = 16
# What is read of a word's list of documents: how often each has it, too, or not even that, which is half the work.
Reads = Literal["freq", "basic"]


def _analysis(field: str) -> str:
    return field.rsplit("_", 1)[1]


def _weighted(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _all(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


# One search asks for the same few words again and again: to find, to count and to tell which are known.
@lru_cache(maxsize=8_192)
def _term(field: str, text: str, reads: Reads) -> Query:
    return Query.term_query(schema(), field, text, reads)


def _match(node: Match, reads: Reads) -> Query | None:
    terms = [_term(node.field, text, reads) for _, text in tokens(_analysis(node.field), node.text)]
    if not terms:
        return None
    return _weighted(terms[0] if len(terms) == 1 else _all(terms), node.weight)


def _phrase(node: Phrase, reads: Reads) -> Query | None:
    found = tokens(_analysis(node.field), node.text)
    if len(found) < 2:
        # One word is its own exact phrase; of a pair that lost a word nothing is left to be near.
        return None if node.slop else _match(Match(node.field, node.text, node.weight), reads)
    first = found[0][0]
    words: list[str | tuple[int, str]] = [(position - first, text) for position, text in found]
    return _weighted(Query.phrase_query(schema(), node.field, words, node.slop), node.weight)


def _several(nodes: tuple[Node, ...], reads: Reads) -> list[Query]:
    return [query for node in nodes if (query := text_query(node, reads)) is not None]


def _optional(node: Optional, reads: Reads) -> Query | None:
    """Each extra around the one before: side by side they would be united first, for every document that has one."""
    query = text_query(node.needed, reads)
    if query is None:
        return None
    for extra in _several(node.extra, reads):
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, extra)])
    return query


def _branches(node: Best | AnyOf | AllOf, reads: Reads) -> Query | None:
    fewest = reads == "basic" and isinstance(node, AnyOf)
    queries = _several(_fewest(node.nodes) if fewest else node.nodes, reads)
    if not queries:
        return None
    match node:
        case Best():
            return Query.disjunction_max_query(queries, node.tie)
        case AnyOf():
            return Query.boolean_query([(Occur.Should, query) for query in queries])
        case AllOf():
            return _all(queries)


def _scored(node: Prefix | Has | AtLeast) -> Query:
    """What has a fixed score."""
    match node:
        case Prefix():
            return Query.regex_query(schema(), node.field, f"{re.escape(node.word)}.*")
        case Has():
            return Query.const_score_query(_one_of(facet_field(node.facet), sorted(node.values)), node.score)
        case AtLeast():
            above = Query.range_query(schema(), node.number, FieldType.Integer, lower_bound=node.floor)
            return Query.const_score_query(above, node.score)


def text_query(node: Node, reads: Reads = "freq") -> Query | None:
    """The node as a query; None if the analysis leaves nothing of it."""
    match node:
        case Match():
            return _match(node, reads)
        case Prefix() | Has() | AtLeast():
            return _scored(node)
        case Fuzzy():
            return Query.fuzzy_term_query(schema(), node.field, node.word, node.distance)
        case Phrase():
            return _phrase(node, reads)
        case Optional():
            return _optional(node, reads)
        case Constant():
            inner = needed_query(node.node)
            return None if inner is None else Query.const_score_query(inner, node.score)
        case _:
            return _branches(node, reads)


def needed_query(node: Node) -> Query | None:
    """What the node finds, as a query that does not rank."""
    return text_query(matching(node), "basic")


def _fewest(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Without what is found anyway: a part that has a word as it is has its stem, too, in whichever language it is.

    The lists of words as they are are the longest. Stop words have no stem.
    """
    stems = {(leg.field, leg.text) for leg in nodes if isinstance(leg, Match)}
    return tuple(leg for leg in nodes if not _has_stems(leg, stems))


def _has_stems(leg: Node, stems: Collection[tuple[str, str]]) -> bool:
    if not isinstance(leg, Match) or not leg.field.endswith("_exact"):
        return False
    part = leg.field.removesuffix("_exact")
    return all((text_field(part, name), leg.text) in stems and tokens(name, leg.text) for name in LANGUAGES)


def _text(node: Node | None) -> Query:
    if node is None:
        return Query.all_query()
    return text_query(node) or Query.empty_query()


def _needed(node: Node | None) -> Query:
    if node is None:
        return Query.all_query()
    return needed_query(node) or Query.empty_query()


def terms_query(field: str, values: Iterable[str]) -> Query:
    """Documents with at least one of the values; with no value, none."""
    return Query.const_score_query(_one_of(field, sorted(values)), 0.0)


def _one_of(field: str, values: list[str]) -> Query:
    """A set of terms costs a pass over all documents that have one; a few terms are walked with the others."""
    if not 0 < len(values) <= FEW_TERMS:
        return Query.term_set_query(schema(), field, values)
    terms = [_term(field, value, "basic") for value in values]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def fence_clauses(plan: Plan) -> list[tuple[Occur, Query]]:
    """Who may see it, and what is excluded: closed by default."""
    # What is gone has no labels, so only those who see everything need to be kept from it.
    who = terms_query("state", ["live"]) if plan.labels is None else terms_query("labels", plan.labels)
    clauses = [(Occur.Must, who)]
    if plan.kinds:
        clauses.append((Occur.Must, terms_query(facet_field("kind"), plan.kinds)))
    if plan.excluded:
        clauses.append((Occur.MustNot, terms_query("key", plan.excluded)))
    return clauses + _typed(plan)


def _range(name: str, limits: Range) -> Query:
    found = Query.range_query(schema(), name, FieldType.Integer, limits.lower, limits.upper)
    return Query.const_score_query(found, 0.0)


def _alternatives(plan: Plan) -> list[tuple[Occur, Query]]:
    groups = [
        _all([terms_query(facet_field(name), values) for name, values in group])
        for group in plan.alternatives
    ]
    either = Query.boolean_query([(Occur.Should, group) for group in groups])
    return [(Occur.Must, Query.const_score_query(either, 0.0))] if groups else []


def _typed(plan: Plan) -> list[tuple[Occur, Query]]:
    """What narrows everything besides words: the query language, ranges, alternatives."""
    clauses = [(Occur.Must, terms_query(facet_field(name), values)) for name, values in plan.required]
    clauses += [(Occur.Must, _range(name, limits)) for name, limits in plan.ranges.items()]
    clauses += _alternatives(plan)
    clauses += [(Occur.MustNot, terms_query(facet_field(name), values)) for name, values in plan.refused]
    without = needed_query(plan.without) if plan.without else None
    return [*clauses, (Occur.MustNot, without)] if without else clauses


def _chosen(plan: Plan, without: str | None = None) -> list[tuple[Occur, Query]]:
    gives_way = plan.gives_way(without)
    instead = [(Occur.MustNot, _instead(plan))] if gives_way else []
    return instead + [
        (Occur.Must, terms_query(facet_field(name), values))
        for name, values in plan.filters.items()
        if name != without
    ]


def _instead(plan: Plan) -> Query:
    return terms_query("instead", plan.reading)


def hits_query(plan: Plan) -> Query:
    """The text, the audience and the chosen facets."""
    return Query.boolean_query([(Occur.Must, _text(plan.text)), *fence_clauses(plan), *_chosen(plan)])


def count_query(plan: Plan, *, without: str | None = None) -> Query:
    """The same documents, without what only ranks them; one facet left out so that its siblings count."""
    return Query.boolean_query(
        [(Occur.Must, _needed(plan.text)), *fence_clauses(plan), *_chosen(plan, without)]
    )


def given_way_query(plan: Plan, counted: Query) -> Query:
    """Of the documents that a query without giving way counts, those that another version stands for."""
    return Query.boolean_query([(Occur.Must, counted), (Occur.Must, _instead(plan))])


def shown_query(plan: Plan, counted: Query) -> Query:
    """Of the same documents, the others."""
    return Query.boolean_query([(Occur.Must, counted), (Occur.MustNot, _instead(plan))])


def word_query(plan: Plan, word: str) -> Query:
    """Documents with the word among those that can be found, whatever facets are chosen."""
    return _with(plan, word_node(word))


def usual_query(plan: Plan, word: str) -> Query:
    """Those of them that have it as it is in their body."""
    return _with(plan, Match(text_field("body", "exact"), word))


def _with(plan: Plan, node: Node) -> Query:
    # What has one of the words has what plain words need; only phrases ask for more.
    text = plan.text and matching(plan.text)
    needed = [(Occur.Must, _needed(text))] if isinstance(text, AllOf) else []
    found = needed_query(node) or Query.empty_query()
    return Query.boolean_query([(Occur.Must, found), *needed, *fence_clauses(plan)])


def snippet_query(plan: Plan, field: str) -> Query:
    """The query's words in one field: what to highlight."""
    return text_query(AnyOf(tuple(Match(field, word) for word in plan.words))) or Query.empty_query()


def snippet_fields(language: str, parts: Iterable[str]) -> list[str]:
    """The stored fields to cut a snippet from, for a document in the language."""
    return [text_field(part, language if language in LANGUAGES else "en") for part in parts]
