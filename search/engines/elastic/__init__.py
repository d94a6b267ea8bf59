"""The Elasticsearch engine, for libraries that outgrow one machine."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from itertools import islice
from typing import Any

from elasticsearch import NotFoundError

from search.documents import Held, Rejected
from search.engines.base import (
    Change,
    EngineError,
    EngineMissing,
    EngineMoved,
    EngineStatus,
    RawHit,
    RawResult,
    RawText,
)
from search.engines.elastic import aliases, answers, mapping, scanning, translate, writing
from search.engines.elastic.client import Clients
from search.engines.elastic.feeding import ElasticBuilding, ElasticFeed, Position, plain_errors
from search.engines.elastic.mapping import fingerprint, index_named
from search.plan import Plan

# Asking for the cursor with every search would double the questions.
CURSOR_SECONDS = 1.0


def _whole(answer: Any) -> dict[str, Any]:
    """The answer, unless it is one in part or none. Several asked at once are each told of a missing index."""
    if answer.get("status") == HTTPStatus.NOT_FOUND:
        raise EngineMissing("the index that was asked is gone")
    if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineError("Elasticsearch answered only in part")
    return dict(answer)


def _from_file(hit: RawHit) -> bool:
    """Whether its files may have the words that nothing else of it has."""
    return not hit.fragment and bool(hit.display.get("files"))


class ElasticEngine:
    """The indexes under one prefix of one cluster. No connection is made before the first question."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str, timeout: float) -> None:
        self.url = url
        self.prefix = prefix
        self.timeout = timeout
        self._known: Position | None = None

    @cached_property
    def _clients(self) -> Clients:
        return Clients(self.url, self.timeout)

    @property
    def read_alias(self) -> str:
        """The index that answers readers."""
        return f"{self.prefix}-read"

    @property
    def write_alias(self) -> str:
        """The index that gets the changes."""
        return f"{self.prefix}-write"

    def search(self, plan: Plan) -> RawResult:
        """Answer a plan."""
        return self.many([plan])[0]

    def many(self, plans: Sequence[Plan]) -> list[RawResult]:
        """Answer several plans with one question."""
        if not plans:
            return []
        asked = [translate.bodies(plan) for plan in plans]
        answered = iter(self._ask(max(plan.heard for plan in plans), [body for own in asked for body in own]))
        together = [list(islice(answered, len(own))) for own in asked]
        found = [answers.result(own, plan) for own, plan in zip(together, plans, strict=True)]
        return [self._completed(each, plan) for each, plan in zip(found, plans, strict=True)]

    def _completed(self, found: RawResult, plan: Plan) -> RawResult:
        """The answer with what is seldom needed and costs much: exact counts of rare words, fragments of files."""
        rare = [word for word, count in found.known.items() if plan.rare is not None and count <= plan.rare]
        bare = [hit.key for hit in found.hits if plan.words and _from_file(hit)]
        asked = [translate.words_body(plan, rare)] if rare else []
        asked += [translate.fragments_body(plan, bare)] if bare else []
        if not asked:
            return found
        answered = self._ask(plan.heard, asked)
        counted = answers.known(answered[0]["aggregations"], rare) if rare else {}
        fragments = answers.fragments(answered[-1], found.hits) if bare else {}
        return answers.completed(found, counted, fragments)

    def texts(self, plan: Plan) -> Sequence[RawText]:
        """What the documents of the plan's page say."""
        return answers.texts(self._answer(plan, translate.texts_body(plan)))

    def _answer(self, plan: Plan, body: dict[str, Any]) -> dict[str, Any]:
        return self._ask(plan.heard, [body])[0]

    def _ask(self, heard: int, bodies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Ask the index that we know; if it has just been replaced, the one that took its place."""
        with plain_errors():
            try:
                return self._ask_index(self._index_for(heard), bodies)
            except (NotFoundError, EngineMissing):
                self._known = None
                return self._ask_index(self._index_for(heard), bodies)

    def _ask_index(self, index: str, bodies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(bodies) == 1:
            return [_whole(self._clients.quick.search(index=index, body=bodies[0]).body)]
        lines = [line for body in bodies for line in ({}, body)]
        found = self._clients.quick.msearch(index=index, searches=lines)["responses"]
        return [_whole(answer) for answer in found]

    def _index_for(self, heard: int) -> str:
        position = self._position()
        if position.heard < heard:
            raise EngineMoved("another index, further behind, has taken the place of the one that was asked")
        return position.index

    def feed(self) -> ElasticFeed:
        """The index in use now."""
        return ElasticFeed(self._clients.patient, self._now())

    def apply(self, changes: Iterable[Change], cursor: int | None = None) -> Sequence[Rejected]:
        """Feed the index in use."""
        feed = self.feed()
        rejected = feed.apply(changes)
        if cursor is not None and not rejected:
            feed.remember(cursor=cursor)
        self._known = None
        return rejected

    def cursor(self) -> int:
        """The last log entry this index has passed, as it was known at most a second ago.

        An older cursor is a lower one: it fences more items and repeats entries, both harmless.
        """
        return self._position().cursor

    def heard(self) -> int:
        """The last log entry up to which all urgent ones are applied, as it was known a second ago."""
        return self._position().heard

    def _position(self) -> Position:
        known = self._known
        if known is None or time.monotonic() - known.asked > CURSOR_SECONDS:
            known = self._known = self._now()
        return known

    def _now(self) -> Position:
        with plain_errors():
            index, marks = writing.marks(self._clients.quick, self.read_alias)
        if fingerprint() not in index:
            raise EngineMissing(f"{index} is of another shape")
        return Position(index, marks["cursor"], marks.get("urgent", 0), time.monotonic())

    def scan(self, keys: Collection[str] | None = None) -> Iterator[Held]:
        """What the index holds under these keys, or under all."""
        with plain_errors():
            yield from scanning.held(self._clients.patient, self._now().index, keys)

    @contextmanager
    def build(self, cursor: int) -> Iterator[ElasticBuilding]:
        """Build a new index and swap the aliases when the block ends well."""
        # In UTC, so that names sort by age: what sorts before this one is removed at the swap.
        name = f"{self.prefix}-{fingerprint()}-{datetime.now(UTC):%Y%m%d%H%M%S-%f}"
        with plain_errors():
            index = index_named(name, self._clients.patient)
            index.aliases(**{writing.door(name): {}})
            index.create()
        building = ElasticBuilding(self._clients.patient, name)
        try:
            building.apply((), cursor)
            yield building
            building.flush()
            with plain_errors():
                self._clients.patient.indices.put_settings(index=name, settings=mapping.IN_USE)
                aliases.swap(self._clients.patient, self.prefix, name, (self.read_alias, self.write_alias))
        except BaseException:
            building.close()
            with suppress(EngineError), plain_errors():
                aliases.discard(self._clients.patient, name, self.read_alias)
            raise
        building.close()
        self._known = None
        with plain_errors():
            aliases.remove_older(self._clients.patient, self.prefix, name)

    def status(self) -> EngineStatus:
        """How the index is doing."""
        try:
            with plain_errors():
                return self._status()
        except EngineError as error:
            return EngineStatus(self.name, ready=False, fingerprint=fingerprint(), note=str(error))

    def destroy(self) -> None:
        """Remove our indexes, by their full names."""
        aliases.remove(self._clients.patient, aliases.own_indexes(self._clients.patient, self.prefix))

    def _status(self) -> EngineStatus:
        index, marks = writing.marks(self._clients.plain, self.read_alias)
        count = self._clients.plain.count(index=index, query={"term": {"state": "live"}})["count"]
        stats = self._clients.plain.indices.stats(index=index, metric="store")
        size = stats["indices"][index]["total"]["store"]["size_in_bytes"]
        ready = fingerprint() in index
        return EngineStatus(self.name, ready, count, marks["cursor"], fingerprint(), size, index)
