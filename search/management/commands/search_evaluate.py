"""Measures how well an engine ranks, on a throw-away index."""

import tempfile
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import evaluation, pool
from search.engines.base import Engine, EngineError
from search.engines.embedded import EmbeddedEngine


class Command(BaseCommand):
    help = "Build a throw-away index from JSON Lines, run queries, and compare with judgments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--corpus", type=Path, required=True, help="JSON Lines: id, lang, title, summary, body."
        )
        parser.add_argument("--queries", type=Path, required=True, help="JSON Lines: id, lang, query.")
        parser.add_argument(
            "--qrels", type=Path, required=True, help="Tab-separated with a header: query, document, score."
        )
        parser.add_argument("--engine", choices=pool.NAMES, default="embedded", help="The engine to measure.")
        parser.add_argument(
            "--typos", default="", metavar="SEED", help="Make one typing mistake in each query."
        )
        parser.add_argument("--no-accents", action="store_true", help="Take the accents off the queries.")
        parser.add_argument(
            "--half", choices=("a", "b"), help="Ask only the queries of one half (docs/search.md)."
        )
        parser.add_argument("--run", type=Path, help="Write the rankings here, in TREC format.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ids, documents = evaluation.read_corpus(options["corpus"])
            queries = evaluation.read_queries(options["queries"])
            qrels = evaluation.read_qrels(options["qrels"])
            queries, qrels = _asked(queries, qrels, options)
            with throw_away(options["engine"]) as engine:
                evaluation.fill(engine, documents)
                rankings = evaluation.run(engine, queries, ids)
        except (EngineError, LookupError, OSError, KeyError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["run"]:
            options["run"].write_text("\n".join([*evaluation.trec_lines(rankings, options["engine"]), ""]))
        self.stdout.write("\n".join(evaluation.measure(rankings, qrels).lines()))


def _asked(
    queries: list[evaluation.JudgedQuery], qrels: evaluation.Qrels, options: dict[str, Any]
) -> tuple[list[evaluation.JudgedQuery], evaluation.Qrels]:
    """The queries as they shall be typed, and the judgments of those that are asked."""
    typed = evaluation.rewritten(queries, typos=options["typos"], accents=not options["no_accents"])
    half = options["half"]
    if not half:
        return typed, qrels
    return [query for query in typed if evaluation.half_of(query.id) == half], {
        query: judged for query, judged in qrels.items() if evaluation.half_of(query) == half
    }


@contextmanager
def throw_away(name: str) -> Iterator[Engine]:
    """An engine with an index of its own that is removed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder) / "index") if name == "embedded" else _elastic()
        try:
            yield engine
        finally:
            engine.destroy()


def _elastic() -> Engine:
    if not settings.ELASTICSEARCH_URL:
        raise LookupError("the engine 'elasticsearch' is not configured")
    from search.engines.elastic import ElasticEngine

    return ElasticEngine(settings.ELASTICSEARCH_URL, f"evaluate-{uuid.uuid4().hex[:8]}", timeout=30)
