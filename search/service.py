"""The one door to search: everything that searches, on every channel, comes through here."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings

from members.audience import Reader
from search import (
    areas,
    deadline,
    facets,
    fence,
    fields,
    hits,
    peers,
    pool,
    registry,
    related,
    respelling,
    terms,
)
from search.addresses import MAX_PAGE
from search.documents import Document
from search.engines.base import Engine, EngineError, EngineMoved, RawHit, RawResult
from search.plan import Plan, build_plan
from search.respelling import Asking, Meant
from search.schema import LIKE_MINE
from search.values import ResultPage, SearchRequest

# Each engine has a fence of its own, so a plan is made for the engine that answers.
MakePlan = Callable[[Engine], Plan]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Answer:
    """Who answered, and what."""

    result: RawResult
    engine: str
    limited: bool
    milliseconds: float


def search(request: SearchRequest, reader: Reader, *, engine: str = "") -> ResultPage:
    """What this reader finds. Names an engine only to compare them; then its failure is raised."""
    with deadline.within(settings.SEARCH_TIMEOUT_SECONDS):
        return _search(request, reader, engine)


def _search(request: SearchRequest, reader: Reader, engine: str) -> ResultPage:
    started = time.perf_counter()
    request = replace(request, page=min(max(request.page, 1), MAX_PAGE))
    make_plan = partial(_plan, request=request, reader=reader)
    answer = _ask(pool.named(engine), make_plan) if engine else _first_answer(make_plan)
    meant = _probable(request, reader, answer)
    request, result = meant.request, meant.result
    found = hits.visible(result.hits, reader)
    # Hits and counts may be of two moments: there are never fewer than are shown.
    total = max(result.total - (len(result.hits) - len(found)), len(found))
    return ResultPage(
        hits=tuple(hits.shown(hit, request) for hit in found),
        total=total,
        facets=facets.build(result.facets, request),
        page=request.page,
        pages=min(math.ceil(total / request.page_size), MAX_PAGE),
        engine=answer.engine,
        limited=answer.limited,
        took_ms=_since(started),
        engine_ms=answer.milliseconds,
        request=request,
        original=meant.original,
        suggestion=meant.suggestion,
        places=result.facets.get("municipality", {}) if request.view == "map" else {},
    )


def _probable(request: SearchRequest, reader: Reader, answer: _Answer) -> Meant:
    """What was typed, or another spelling of it."""
    if not respelling.is_doubtful(answer.result):
        return Meant(request, answer.result)
    engine = pool.named(answer.engine)
    try:
        plan = _plan(engine, request, reader)
    except EngineError:
        return Meant(request, answer.result)
    asking = Asking(
        engine,
        plan,
        visible=lambda texts: hits.visible(texts, reader),
        again=lambda other: engine.search(_plan(engine, other, reader)),
    )
    return respelling.meant(request, answer.result, asking)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def similar(item: Document, reader: Reader, language: str) -> tuple[list[RawHit], bool]:
    """The items most like this one that this reader may see, best first; and whether that is a full answer."""
    labels = None if reader.sees_everything else reader.labels

    def make_plan(engine: Engine) -> Plan:
        return fence.around(related.plan(item, labels, excluded=(), language=language), engine)

    with deadline.within(settings.SEARCH_TIMEOUT_SECONDS):
        answer = _first_answer(make_plan)
        return hits.visible(answer.result.hits, reader), not answer.limited


def _first_answer(make_plan: MakePlan) -> _Answer:
    """The preferred engine's answer, or else the embedded one's, marked as limited."""
    preferred = pool.elasticsearch()
    if preferred is None:
        return _embedded_answer(make_plan, limited=False)
    try:
        with pool.breaker(preferred.name).attempt() as allowed:
            if allowed:
                return _ask(preferred, make_plan)
    except EngineError as error:
        logger.warning("search falls back to the embedded index: %s", error)
    return _embedded_answer(make_plan, limited=True)


def _embedded_answer(make_plan: MakePlan, *, limited: bool) -> _Answer:
    engine = pool.embedded()
    try:
        return replace(_ask(engine, make_plan), limited=limited)
    except EngineError as error:
        # The reader of the log is about to build it; finding nothing for a moment beats an error page.
        logger.error("the embedded index did not answer: %s", error)
        return _Answer(RawResult((), 0), engine.name, True, 0.0)


def _ask(engine: Engine, make_plan: MakePlan) -> _Answer:
    try:
        return _answer(engine, make_plan(engine))
    except EngineMoved:
        # A rebuild was put to use between the fence and the question: the fence is drawn anew, once.
        return _answer(engine, make_plan(engine))


def _answer(engine: Engine, plan: Plan) -> _Answer:
    started = time.perf_counter()
    result = engine.search(plan)
    return _Answer(result, engine.name, False, _since(started))


def _plan(engine: Engine, request: SearchRequest, reader: Reader) -> Plan:
    labels = None if reader.sees_everything else reader.labels
    kinds = () if request.filters.get("kind") else registry.browsed()
    plan = build_plan(
        replace(request, filters=_meant(request.filters)),
        labels,
        kinds=kinds,
        resolve=fields.values,
        thesaurus=terms.current(),
        checked=respelling.checked(request),
        rare=respelling.RARE,
        alternatives=peers.groups(reader) if request.like_mine else (),
        alike=peers.groups(reader) if request.sort == LIKE_MINE else (),
    )
    return fence.around(plan, engine)


def _meant(filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The chosen values as they are looked for: a sub-area narrows its area."""
    return {
        name: areas.narrowest(values) if name == "service_area" else values
        for name, values in filters.items()
    }
