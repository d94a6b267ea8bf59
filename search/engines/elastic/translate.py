"""A plan as the bodies of Elasticsearch searches: pure functions from values to dicts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.engines.elastic.clauses import Clause, needed_clause, text_clause
from search.nodes import AnyOf, Match, matching
from search.plan import Condition, Plan
from search.schema import LANGUAGES, SNIPPET_PARTS, SORTS, facet_field, text_field
from search.text import MARK_CLOSE, MARK_OPEN
from search.wording import word_node

FRAGMENT_CHARS = 220
# Snippets of an item's own words come with the hits, those of its files where these have none.
*SAID, FILES = SNIPPET_PARTS
# Past this, a body is not looked through for a snippet.
ANALYSED_CHARS = 100_000
# How the names of counts of facets begin.
COUNTED = "facets"


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
