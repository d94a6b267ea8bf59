"""The engines without us: the same documents written and the same questions asked by the shortest way."""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from search.documents import Document
from search.engines.elastic import mapping, writing
from search.engines.embedded import analysis, layout
from search.engines.embedded.writing import BUILD_THREADS, LARGE_HEAP
from search.schema import facet_field, text_field

# As few facets as anybody would ask for. Of a query of our shape all are counted (`search.schema.FACETS`).
FEW_FACETS = ("service_area", "stage", "municipality")
FRAGMENT = 220


class RawTantivy:
    """A tantivy index with our fields, written and asked directly."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        # A library that is kept may hold the one of the last run.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.index = self.asked = tantivy.Index(layout.schema(), path=str(folder))
        analysis.register(self.index)

    def load(self, documents: Sequence[Document]) -> float:
        """Write ready records with one writer and one commit; returns the seconds it took."""
        records = [layout.record(document) for document in documents]
        return _timed(lambda: self._write(records))

    def _write(self, records: list[tantivy.Document]) -> None:
        writer = self.index.writer(LARGE_HEAP, BUILD_THREADS)
        for record in records:
            writer.add_document(record)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def ask(self, text: str, facets: Sequence[str]) -> Callable[[], object]:
        """A plain query: three fields, these facets, snippets of the first twenty."""
        query = self.asked.parse_query(
            " ".join(text.split()), [text_field(p, "en") for p in ("title", "summary", "body")]
        )
        wanted = {name: {"terms": {"field": facet_field(name), "size": 20}} for name in facets}

        def run() -> object:
            searcher = self.asked.searcher()
            found = searcher.search(query, 20)
            searcher.aggregate(query, wanted)
            snippets = tantivy.SnippetGenerator.create(
                searcher, query, layout.schema(), text_field("body", "en")
            )
            return [snippets.snippet_from_doc(searcher.doc(address)).to_html() for _, address in found.hits]

        return run

    def look_into(self, engine: Any) -> None:
        """Ask the index that our search asks: both sides look through the same documents."""
        self.asked = engine.store.current().open()
        self.asked.reload()

    def close(self) -> None:
        """Nothing to let go of; the folder goes with the benchmark's."""


class RawElastic:
    """An Elasticsearch index with our mapping, written and asked directly."""

    name = "elasticsearch"

    def __init__(self, url: str, index: str) -> None:
        self.client, self.index, self.asked = Elasticsearch(url, request_timeout=120), index, index
        self.client.indices.delete(index=index, ignore_unavailable=True)
        mapping.index_named(index, self.client).create()

    def load(self, documents: Sequence[Document]) -> float:
        """Bulk requests from two threads, as its Python client offers them, then one refresh; returns the seconds."""
        lines = [{**writing.action(document), "_index": self.index} for document in documents]
        return _timed(lambda: self._write(lines))

    def _write(self, lines: list[dict[str, Any]]) -> None:
        _drain(parallel_bulk(self.client, lines, thread_count=2, chunk_size=500))
        self.client.indices.refresh(index=self.index)

    def ask(self, text: str, facets: Sequence[str]) -> Callable[[], object]:
        """A plain query: three fields, these facets, snippets of the first twenty."""
        fields = [text_field(part, "en") for part in ("title", "summary", "body")]
        body = {
            "query": {"multi_match": {"query": text, "fields": fields}},
            "aggs": {name: {"terms": {"field": facet_field(name), "size": 20}} for name in facets},
            "highlight": {"fields": {fields[-1]: {"number_of_fragments": 1, "fragment_size": FRAGMENT}}},
            "size": 20,
            "_source": ["payload"],
        }
        return lambda: self.client.search(index=self.asked, body=body)

    def look_into(self, engine: Any) -> None:
        """Ask the index that our search asks: both sides look through the same documents."""
        self.asked = engine.read_alias

    def close(self) -> None:
        """Remove the index."""
        self.client.indices.delete(index=self.index, ignore_unavailable=True)


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _drain(outcomes: Iterator[Any]) -> None:
    for done, item in outcomes:
        if not done:
            raise RuntimeError(f"raw bulk refused a document: {item}")
