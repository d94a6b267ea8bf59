"""How search grows: rebuild, questions, one edit, size and memory, each against the raw engine in the same run."""

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from benchmarks import generated
from benchmarks.raw import FEW_FACETS, RawElastic, RawTantivy
from casestudies.models import CaseStudyPage
from config.gunicorn import settle
from members.audience import ANONYMOUS
from search import pool, readers, rebuilding, registry, service, suggest
from search.documents import Document
from search.schema import FACETS
from search.values import SearchRequest

# Raw engines are loaded with at most so many documents; their rate no longer changes then.
MAX_RAW = 10_000
WARM, ASKED = 20, 200
EDITS = 5
# A library that is kept is edited with every run.
MAX_TITLE = 200


def measure(folder: Path, sizes: list[int], url: str) -> Iterator[dict[str, Any]]:
    """One row for each size and engine; the library grows from one size to the next, and a kept one never shrinks."""
    generated.prepare()
    have = generated.count()
    for size in sorted({max(size, have) for size in sizes}):
        generated.extend(size)
        for address in dict.fromkeys(["", url]):
            # What is slow is to be measured, not given up.
            with override_settings(
                ELASTICSEARCH_URL=address, SEARCH_INDEX_PREFIX="interurban-bench", SEARCH_TIMEOUT_SECONDS=60
            ):
                yield _engine(folder, size, pool.engines()[0])


def _engine(folder: Path, size: int, engine: Any) -> dict[str, Any]:
    documents = list(_documents(min(size, MAX_RAW)))
    # A server's first load also warms it up: it counts for neither side.
    _load_raw(folder / f"warm-{size}", engine.name, documents)[0].close()
    start = time.perf_counter()
    count = rebuilding.rebuild(engine)
    rate = count / (time.perf_counter() - start)
    raw, raw_rate = _load_raw(folder / f"raw-{size}", engine.name, documents)
    raw.look_into(engine)
    status = engine.status()
    row = {
        "engine": engine.name, "items": count, "rebuild_per_s": rate, "raw_per_s": raw_rate,
        "size_mb": status.size_bytes / 1e6, "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        **_questions(engine.name, raw), **_suggestions(), "edit_s": _edit(engine.name),
    }  # fmt: skip
    raw.close()
    return row | {"rebuild_ratio": row["rebuild_per_s"] / row["raw_per_s"]}


def _load_raw(folder: Path, name: str, documents: list[Document]) -> tuple[RawTantivy | RawElastic, float]:
    """The raw engine with these documents, and how many a second it took."""
    raw = _raw(folder, name)
    return raw, len(documents) / raw.load(documents)


def _raw(folder: Path, name: str) -> RawTantivy | RawElastic:
    if name == "embedded":
        return RawTantivy(folder)
    return RawElastic(settings.ELASTICSEARCH_URL, "interurban-raw-bench")


def _documents(count: int) -> Iterator[Document]:
    ids = registry.kinds()["case_study"].ids()[:count]
    for at in range(0, len(ids), 300):
        yield from registry.documents("case_study", ids[at : at + 300])[0]


def _questions(name: str, raw: RawTantivy | RawElastic) -> dict[str, float]:
    """Ours through the door, and plain raw queries of the same words with snippets: of our shape, which has as many
    facets as ours, and with few of them.

    Each is the first of the three to ask for every third text, since who comes after finds its words read already.
    """
    # As a server does when it starts.
    settle()
    times: dict[str, list[float]] = defaultdict(list)
    for number, text in enumerate(generated.queries(WARM + ASKED)):
        for of, milliseconds in _asked_in_turn(number, text, name, raw):
            if number >= WARM:
                times[of].append(milliseconds)
    return {key: value for of, taken in times.items() for key, value in _spread(of, taken).items()}


def _asked_in_turn(
    number: int, text: str, name: str, raw: RawTantivy | RawElastic
) -> Iterator[tuple[str, float]]:
    asks: list[tuple[str, Callable[[], Any]]] = [
        ("search", lambda: service.search(SearchRequest(text=text), ANONYMOUS, engine=name)),
        ("raw", raw.ask(text, FACETS)),
        ("raw_few", raw.ask(text, FEW_FACETS)),
    ]
    first = number % len(asks)
    for of, ask in asks[first:] + asks[:first]:
        start = time.perf_counter()
        found = ask()
        yield of, 1000 * (time.perf_counter() - start)
        if of == "search":
            yield "engine", found.engine_ms


def _suggestions() -> dict[str, float]:
    took = []
    for number, text in enumerate(generated.queries(WARM + ASKED, seed=11)):
        beginning = text[: max(3, len(text) - 2)]
        milliseconds = _milliseconds(lambda beginning=beginning: suggest.suggest(beginning, "en", ANONYMOUS))
        if number >= WARM:
            took.append(milliseconds)
    return _spread("suggest", took)


def _edit(name: str) -> float:
    """Seconds from a saved page to its being found, with the reader's own pause between two looks."""
    took = []
    for number in range(EDITS):
        page = CaseStudyPage.objects.filter(audience="public").order_by("-pk")[number]
        word = f"edited{name[:2]}{number}{time.time_ns()}"
        page.title = f"{page.title[:MAX_TITLE]} {word}"
        page.save()
        start = time.perf_counter()
        while not service.search(SearchRequest(text=word, verbatim=True), ANONYMOUS, engine=name).total:
            readers.tick() or time.sleep(0.01)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def _spread(name: str, values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {f"{name}_p50": statistics.median(ordered), f"{name}_p95": ordered[int(len(ordered) * 0.95)]}
