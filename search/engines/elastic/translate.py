"""A plan as the body of an Elasticsearch search: pure functions from values to dicts.

The reader's words appear only as the `query` of match clauses, which analyse but never parse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
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
from search.plan import Condition, Plan
from search.schema import LANGUAGES, SNIPPET_PARTS, SORTS, facet_field, text_field
from search.text import MARK_CLOSE, MARK_OPEN
from search.wording import word_node

FRAGMENT_CHARS = 220
# Snippets of an item's own words come with the hits, those of its files where these have none.
*SAID, FILES = SNIPPET_PARTS
# Past this, a body is not looked through for a snippet.
ANALYSED_CHARS = 100_000
# How many similar words of a field are looked for.
SIMILAR_WORDS = 100
# How the names of counts of facets begin.
COUNTED = "facets"

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


def query(plan: Plan) -> Clause:
    """The text and the audience: closed by default, for without labels nothing matches."""
    filters = [_who(plan)]
    if plan.kinds:
        filters.append({"terms": {facet_field("kind"): sorted(plan.kinds)}})
    body: Clause = {
        "must": [{"match_all": {}} if plan.text is None else text_clause(plan.text)],
        "filter": filters,
    }
    filters += [*_terms(plan.required), *_ranges(plan), *_alternatives(plan)]
    refused = _refused(plan)
    return {"bool": body | {"must_not": refused} if refused else body}


def _who(plan: Plan) -> Clause:
    if plan.labels is not None:
        return {"terms": {"labels": sorted(plan.labels)}}
    # What is gone has no labels: only those who see everything need to be kept from it.
    return {"term": {"state": "live"}}


def _terms(conditions: Iterable[Condition]) -> list[Clause]:
    return [{"terms": {facet_field(name): sorted(values)}} for name, values in conditions]


def _ranges(plan: Plan) -> list[Clause]:
    return [
        {"range": {name: _limits(gte=limits.lower, lte=limits.upper)}} for name, limits in plan.ranges.items()
    ]


def _limits(**given: int | None) -> dict[str, int]:
    return {name: value for name, value in given.items() if value is not None}


def _alternatives(plan: Plan) -> list[Clause]:
    groups = [{"bool": {"filter": _terms(group)}} for group in plan.alternatives]
    return [{"bool": {"should": groups, "minimum_should_match": 1}}] if groups else []


def _refused(plan: Plan) -> list[Clause]:
    """The fence, and what the query language refuses."""
    fenced: list[Clause] = [{"terms": {"key": sorted(plan.excluded)}}] if plan.excluded else []
    without = [needed_clause(plan.without)] if plan.without else []
    return [*fenced, *_terms(plan.refused), *without]


def chosen(plan: Plan, *, without: str | None = None) -> Clause:
    """The chosen facets, leaving out one so that its siblings count."""
    clauses: list[Clause] = [
        {"terms": {facet_field(name): sorted(values)}}
        for name, values in plan.filters.items()
        if name != without
    ]
    if plan.gives_way(without):
        clauses.append({"bool": {"must_not": [{"terms": {"instead": sorted(plan.reading)}}]}})
    return {"bool": {"filter": clauses}}


def _values(plan: Plan, name: str) -> Clause:
    return {"terms": {"field": facet_field(name), "size": plan.facet_size}}


def _counted_together(plan: Plan) -> list[tuple[Clause, list[str]]]:
    """The facets, by what they are counted over."""
    groups: list[tuple[Clause, list[str]]] = []
    for name in plan.counted:
        among = chosen(plan, without=name)
        known = next((names for clause, names in groups if clause == among), None)
        if known is None:
            groups.append((among, [name]))
        else:
            known.append(name)
    return groups


def aggregations(plan: Plan) -> Clause:
    """Each facet counted over everything but its own selection, and the words to be checked.

    Facets that are counted over the same documents share one filter, which costs once.
    """
    counts = {
        f"{COUNTED} {number}": {"filter": among, "aggs": {name: _values(plan, name) for name in names}}
        for number, (among, names) in enumerate(_counted_together(plan))
    }
    return counts | _words(plan, plan.checked, thorough=plan.rare is None)


def _words(plan: Plan, words: Sequence[str], *, thorough: bool) -> Clause:
    """How many of the documents have each word; unless thorough, how many have it as it is in their body.

    Most words are usual there already, and then two dozen fields need not be asked.
    """
    nodes = (word_node(word) if thorough else Match(text_field("body", "exact"), word) for word in words)
    return {f"word {number}": {"filter": needed_clause(node)} for number, node in enumerate(nodes)}


def words_body(plan: Plan, words: Sequence[str]) -> Clause:
    """A search for how many documents have each word, in any way."""
    return {"query": _unscored(plan), "size": 0, "aggs": _words(plan, words, thorough=True)}


def _unscored(plan: Plan) -> Clause:
    return query(replace(plan, text=plan.text and matching(plan.text)))


def fragments_body(plan: Plan, keys: Sequence[str]) -> Clause:
    """A search for fragments of these documents' files, which are long and seldom what has the words."""
    filters = [query(replace(plan, text=None)), {"terms": {"key": sorted(keys)}}]
    return {
        "query": {"bool": {"filter": filters}},
        "size": len(keys),
        "_source": False,
        "highlight": highlight(plan, [FILES]),
    }


def highlight(plan: Plan, parts: Iterable[str]) -> Clause:
    """Marked fragments of these parts."""
    fields = {
        field: {
            "highlight_query": text_clause(AnyOf(tuple(Match(field, word) for word in plan.words))),
            "number_of_fragments": 1,
            "fragment_size": FRAGMENT_CHARS,
        }
        for field in (text_field(part, language) for part in parts for language in LANGUAGES)
    }
    return {
        "type": "unified",
        "max_analyzed_offset": ANALYSED_CHARS,
        "pre_tags": [MARK_OPEN],
        "post_tags": [MARK_CLOSE],
        "fields": fields,
    }


def sort(plan: Plan) -> list[Clause]:
    """The order; the key settles ties, so that pages don't overlap."""
    first: Clause = {SORTS[plan.sort]: "desc"} if plan.sort in SORTS else {"_score": "desc"}
    return [first, {"key": "asc"}]


def texts_body(plan: Plan) -> Clause:
    """A search for what the documents say, without counts."""
    parts = [text_field(part, language) for part in SNIPPET_PARTS for language in LANGUAGES]
    source = ["payload.kind", "payload.item_id", "payload.title", "payload.summary", *parts]
    return {"query": query(plan), "sort": sort(plan), "size": plan.limit, "_source": source}


def hits_body(plan: Plan, *, total: bool) -> Clause:
    """A search for one page of hits; with the total, or with whatever is cheapest to know of it."""
    out: Clause = {
        "query": {"bool": {"must": [query(plan)], "filter": [chosen(plan)]}},
        "sort": sort(plan),
        "from": plan.offset,
        "size": plan.limit,
        "track_total_hits": total,
        # Named fields: the client's default asks for something that older servers refuse.
        "_source": ["payload"],
    }
    return out | {"highlight": highlight(plan, SAID)} if plan.words else out


def counts_body(plan: Plan) -> Clause:
    """A search for how many there are, in all and of each kind. Nothing of it is scored."""
    return {
        "query": _unscored(plan),
        "post_filter": chosen(plan),
        "aggs": aggregations(plan),
        "size": 0,
        "track_total_hits": True,
    }


def bodies(plan: Plan) -> list[Clause]:
    """The whole search: two questions, which a server answers side by side, or one where that tells everything.

    The first answer has the hits, the last the total and the counts.
    """
    if not plan.limit:
        return [counts_body(plan)]
    if not plan.counted and not plan.checked:
        return [hits_body(plan, total=True)]
    return [hits_body(plan, total=False), counts_body(plan)]
