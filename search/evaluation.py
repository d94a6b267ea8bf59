"""How well the search ranks, measured against people's judgments (`manage.py search_evaluate`).

The figures agree with trec_eval (a test compares them with pytrec_eval): nDCG with linear gain, and
averages over every judged query, so that one without a single result counts as nought.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from search import respelling
from search.documents import Document, key_of
from search.engines.base import Engine
from search.misspelling import misspelt
from search.plan import Plan, build_plan
from search.text import fold
from search.thesaurus import from_file
from search.values import SearchRequest
from search.weights import Weights

DEPTH = 10
BATCH = 500
KIND = "corpus"

Qrels = dict[str, dict[str, int]]
Run = dict[str, list[str]]


@dataclass(frozen=True)
class JudgedQuery:
    """One query of the test set."""

    id: str
    language: str
    text: str


@dataclass(frozen=True)
class Figures:
    """The three averages."""

    ndcg: float
    mrr: float
    recall: float

    def lines(self) -> tuple[str, str, str]:
        """As printed."""
        return (f"nDCG@10 {self.ndcg:.3f}", f"MRR@10 {self.mrr:.3f}", f"Recall@10 {self.recall:.3f}")


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_corpus(path: Path) -> tuple[list[str], list[Document]]:
    """The corpus' identifiers and its documents; a document's `item_id` is its place in the list."""
    rows = list(_json_lines(path))
    return [row["id"] for row in rows], [_document(number, row) for number, row in enumerate(rows)]


def _document(number: int, row: Mapping[str, str]) -> Document:
    return Document(
        key=key_of(KIND, number),
        kind=KIND,
        item_id=number,
        labels=("public",),
        title=row.get("title", ""),
        summary=row.get("summary", ""),
        body=row.get("body", ""),
        language=row.get("lang", "en"),
    )


def read_queries(path: Path) -> list[JudgedQuery]:
    """The queries of a JSON Lines file."""
    return [JudgedQuery(row["id"], row.get("lang", "en"), row["query"]) for row in _json_lines(path)]


def rewritten(queries: Iterable[JudgedQuery], *, typos: str = "", accents: bool = True) -> list[JudgedQuery]:
    """The queries with one seeded typing mistake in each, or without accents."""

    def change(text: str) -> str:
        text = text if accents else fold(text)
        return misspelt(text, typos) if typos else text

    return [replace(query, text=change(query.text)) for query in queries]


def half_of(query: str) -> str:
    """Which half of the test set a query is in: weights may be tuned on `a`, never on `b`."""
    return "ab"[hashlib.sha256(query.encode()).digest()[-1] % 2]


def read_qrels(path: Path) -> Qrels:
    """Judgments from tab-separated `query-id corpus-id score` with a header."""
    qrels: Qrels = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line.strip():
            query, document, score = line.split("\t")
            qrels.setdefault(query, {})[document] = int(score)
    return qrels


def fill(engine: Engine, documents: list[Document]) -> None:
    """Build the throw-away index."""
    with engine.build(0) as building:
        for start in range(0, len(documents), BATCH):
            building.add(documents[start : start + BATCH])


def run(
    engine: Engine, queries: Iterable[JudgedQuery], ids: list[str], weights: Weights | None = None
) -> Run:
    """The first ten documents for each query, as an anonymous reader finds them."""
    return {query.id: _ranking(engine, query, ids, weights) for query in queries}


def _ranking(engine: Engine, query: JudgedQuery, ids: list[str], weights: Weights | None) -> list[str]:
    def planned(request: SearchRequest) -> Plan:
        return build_plan(
            request,
            frozenset({"public"}),
            weights=weights or Weights(),
            thesaurus=from_file(),
            checked=respelling.checked(request),
        )

    asked = SearchRequest(text=query.text, language=query.language, page_size=DEPTH)
    plan = planned(asked)
    asking = respelling.Asking(engine, plan, visible=list, again=lambda other: engine.search(planned(other)))
    meant = respelling.meant(asked, engine.search(plan), asking)
    return [ids[hit.item_id] for hit in meant.result.hits]


def measure(run: Run, qrels: Qrels) -> Figures:
    """The averages over all judged queries."""
    each = [_one(run.get(query, []), judged) for query, judged in qrels.items()]
    count = max(len(each), 1)
    ndcg, mrr, recall = (
        (sum(values) / count for values in zip(*each, strict=True)) if each else (0.0, 0.0, 0.0)
    )
    return Figures(ndcg, mrr, recall)


def _one(ranking: list[str], judged: Mapping[str, int]) -> tuple[float, float, float]:
    gains = [max(judged.get(document, 0), 0) for document in ranking[:DEPTH]]
    ideal = sorted((score for score in judged.values() if score > 0), reverse=True)
    if not ideal:
        return (0.0, 0.0, 0.0)
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), 0)
    found = sum(1 for gain in gains if gain)
    return (_dcg(gains) / _dcg(ideal[:DEPTH]), 1 / first if first else 0.0, found / len(ideal))


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def trec_lines(run: Run, tag: str) -> Iterator[str]:
    """The run in TREC format. Scores only keep the order: evaluators break ties by name, engines don't."""
    for query, ranking in run.items():
        for rank, document in enumerate(ranking, 1):
            yield f"{query} Q0 {document} {rank} {DEPTH + 1 - rank} {tag}"
