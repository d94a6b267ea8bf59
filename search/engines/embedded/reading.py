"""Answering a plan from an embedded index."""

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import tantivy

from search.documents import Held
from search.engines.base import RawHit, RawResult, RawText
from search.engines.embedded import translate
from search.engines.embedded.fragments import Fragments
from search.plan import Plan
from search.schema import SNIPPET_PARTS, SORTS, facet_field

SCAN_PAGE = 1_000


def answer(searcher: tantivy.Searcher, plan: Plan) -> RawResult:
    """One page of hits, and the counts of all facets.

    Tantivy finds outside of Python's lock, though it counts inside: side by side they take a second core if one is free.
    """
    counting = _beside(os.getpid()).submit(_facets, searcher, plan) if plan.counted else None
    found = _find(searcher, plan)
    hits = tuple(_hits(searcher, plan, found.hits[: plan.limit]))
    known = _known(searcher, plan)
    return RawResult(hits, total_of(found), counting.result() if counting else {}, known)


@cache
def _beside(process: int) -> ThreadPoolExecutor:
    """Threads of this process: one that is forked has none of its parent's."""
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="embedded-counts")


def _known(searcher: tantivy.Searcher, plan: Plan) -> dict[str, int]:
    """How many of the documents that can be found have each checked word."""
    return {word: _having(searcher, plan, word) for word in plan.checked}


def _having(searcher: tantivy.Searcher, plan: Plan, word: str) -> int:
    # Most words stand as they are in many bodies: that is one list to read instead of two dozen.
    usual = 0 if plan.rare is None else _total(searcher, translate.usual_query(plan, word))
    return usual if usual > (plan.rare or 0) else _total(searcher, translate.word_query(plan, word))


def _total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    # In the order of a number: then nothing is scored.
    return total_of(searcher.search(query, 1, True, order_by_field=SORTS["newest"]))


def texts(searcher: tantivy.Searcher, plan: Plan) -> list[RawText]:
    """What the documents of one page say, as far as it is stored."""
    return [_text(searcher.doc(address)) for _, address in _find(searcher, plan).hits]


def _text(stored: tantivy.Document) -> RawText:
    shown = json.loads(str(stored.get_first("payload")))
    fields = translate.snippet_fields(shown["language"], SNIPPET_PARTS)
    parts = [shown["title"], shown["summary"], *(str(stored.get_first(field) or "") for field in fields)]
    return RawText(shown["kind"], shown["item_id"], "\n".join(parts))


def held(searcher: tantivy.Searcher, keys: Collection[str] | None = None) -> Iterator[Held]:
    """What the index holds, tombstones too, as it was when the searcher was opened."""
    query = tantivy.Query.all_query() if keys is None else translate.terms_query("key", keys)
    for offset in range(0, searcher.num_docs, SCAN_PAGE):
        page = searcher.search(query, SCAN_PAGE, False, offset=offset).hits
        yield from (_held(searcher.doc(address)) for _, address in page)
        if len(page) < SCAN_PAGE:
            return


def _held(stored: tantivy.Document) -> Held:
    return Held(
        key=str(stored.get_first("key")),
        version=int(stored.get_first("version") or 0),
        labels=frozenset(map(str, stored.get_all("labels"))),
        digest=str(stored.get_first("digest") or ""),
        live=stored.get_first("state") == "live",
    )


def total_of(found: tantivy.SearchResult) -> int:
    """How many documents matched, also beyond the page."""
    return int(found.count or 0)  # type: ignore[attr-defined]


def _find(searcher: tantivy.Searcher, plan: Plan) -> tantivy.SearchResult:
    query = translate.hits_query(plan)
    order = SORTS.get(plan.sort)
    # Tantivy wants to find at least one.
    limit = max(plan.limit, 1)
    return searcher.search(query, limit, True, order_by_field=order, offset=plan.offset)


def _facets(searcher: tantivy.Searcher, plan: Plan) -> dict[str, dict[str, int]]:
    """A facet with a selection is counted without it, the others all in one go."""
    free = [name for name in plan.counted if name not in plan.filters]
    counts = _count_free(searcher, plan, free) if free else {}
    for name in plan.counted:
        if name in plan.filters:
            counts |= _count(searcher, translate.count_query(plan, without=name), [name], plan.facet_size)
    return counts


def _count_free(searcher: tantivy.Searcher, plan: Plan, names: list[str]) -> dict[str, dict[str, int]]:
    """Facets without a selection. Languages are counted over all versions: those shown, and the few others."""
    every = translate.count_query(plan, without="language")
    if not plan.gives_way() or not _any_gives_way(searcher, plan):
        return _count(searcher, every, names, plan.facet_size)
    counts = _count(searcher, translate.shown_query(plan, every), names, plan.facet_size)
    if "language" in names:
        others = _count(searcher, translate.given_way_query(plan, every), ["language"], plan.facet_size)
        counts["language"] = dict(Counter(counts["language"]) + Counter(others["language"]))
    return counts


def _any_gives_way(searcher: tantivy.Searcher, plan: Plan) -> bool:
    return any(searcher.doc_freq("instead", name) for name in plan.reading)


def _count(
    searcher: tantivy.Searcher, query: tantivy.Query, names: list[str], size: int
) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": facet_field(name), "size": size}} for name in names}
    answered = searcher.aggregate(query, wanted)
    return {
        name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answered[name]["buckets"]}
        for name in names
    }


def _hits(
    searcher: tantivy.Searcher, plan: Plan, found: list[tuple[object, tantivy.DocAddress]]
) -> list[RawHit]:
    fragments = Fragments(searcher, plan)
    out = []
    for score, address in found:
        stored = searcher.doc(address)
        shown = json.loads(str(stored.get_first("payload")))
        fragment = fragments.of(stored, shown["language"])
        out.append(_hit(shown, float(score) if plan.sort == "relevance" else 0.0, fragment))  # type: ignore[arg-type]
    return out


def _hit(shown: dict[str, object], score: float, fragment: str) -> RawHit:
    key = f"{shown['kind']}:{shown['item_id']}"
    return RawHit(key=key, score=score, fragment=fragment, **shown)  # type: ignore[arg-type]
