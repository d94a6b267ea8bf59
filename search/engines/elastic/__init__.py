"""The Elasticsearch engine, for libraries that outgrow one machine."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.documents import Document
from search.engines.base import Change, EngineError, EngineMissing, EngineStatus, RawResult, RawText
from search.engines.elastic import answers, translate, writing
from search.engines.elastic.mapping import fingerprint, index_named
from search.plan import Plan

# Building and bulk writing may take their time; a reader's search may not.
PATIENCE_SECONDS = 60
# Asking for the cursor with every search would double the questions.
CURSOR_SECONDS = 1.0


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except NotFoundError as error:
        raise EngineMissing(str(error)) from error
    except (ApiError, TransportError) as error:
        raise EngineError(str(error)) from error


def _whole(answer: Any) -> dict[str, Any]:
    """The answer, unless it is one in part or none."""
    if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineError("Elasticsearch answered only in part")
    return dict(answer)


class ElasticBuilding:
    """An index that is being built."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents of the snapshot."""
        with _plain_errors():
            writing.write(self.client, self.index, documents, refresh=False)

    def apply(self, changes: Iterable[Change], cursor: int) -> None:
        """Replay what happened since the snapshot."""
        with _plain_errors():
            writing.write(self.client, self.index, changes, refresh=True)
            writing.save_cursor(self.client, self.index, cursor)


class ElasticEngine:
    """The indexes under one prefix of one cluster. No connection is made before the first question."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str, timeout: float) -> None:
        self.url = url
        self.prefix = prefix
        self.timeout = timeout
        self._known: tuple[float, int] | None = None

    @cached_property
    def _client(self) -> Elasticsearch:
        return Elasticsearch(self.url, request_timeout=self.timeout, max_retries=0, retry_on_timeout=False)

    @property
    def _patient(self) -> Elasticsearch:
        return self._client.options(request_timeout=PATIENCE_SECONDS)

    @property
    def read_alias(self) -> str:
        """Where readers' searches go."""
        return f"{self.prefix}-read"

    @property
    def write_alias(self) -> str:
        """Where changes go."""
        return f"{self.prefix}-write"

    def search(self, plan: Plan) -> RawResult:
        """Answer a plan."""
        with _plain_errors():
            return answers.result(self._answer(translate.body(plan)), plan)

    def many(self, plans: Sequence[Plan]) -> list[RawResult]:
        """Answer several plans with one question."""
        if not plans:
            return []
        lines = [line for plan in plans for line in ({}, translate.body(plan))]
        with _plain_errors():
            found = self._client.msearch(index=self.read_alias, searches=lines)["responses"]
            return [answers.result(_whole(answer), plan) for answer, plan in zip(found, plans, strict=True)]

    def texts(self, plan: Plan) -> Sequence[RawText]:
        """What the documents of the plan's page say."""
        with _plain_errors():
            return answers.texts(self._answer(translate.texts_body(plan)))

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        return _whole(self._client.search(index=self.read_alias, body=body).body)

    def apply(self, changes: Iterable[Change], cursor: int | None = None) -> None:
        """Write newer changes, then remember the cursor."""
        with _plain_errors():
            index = self._current_index(self.write_alias)
            writing.write(self._patient, index, changes, refresh=True)
            if cursor is not None:
                writing.save_cursor(self._patient, index, cursor)
                self._known = None

    def cursor(self) -> int:
        """The last log entry this index has passed, as it was known at most a second ago.

        An older cursor is a lower one: it fences more items and repeats entries, both harmless.
        """
        if self._known is None or time.monotonic() - self._known[0] > CURSOR_SECONDS:
            self._known = (time.monotonic(), self._read_cursor())
        return self._known[1]

    def _read_cursor(self) -> int:
        with _plain_errors():
            index = self._current_index(self.write_alias)
            if fingerprint() not in index:
                raise EngineMissing(f"{index} is of another shape")
            return writing.load_cursor(self._client, index)

    @contextmanager
    def build(self, cursor: int) -> Iterator[ElasticBuilding]:
        """Build a new index and swap the aliases when the block ends well."""
        name = f"{self.prefix}-{fingerprint()}-{time.strftime('%Y%m%d%H%M%S')}-{time.time_ns() % 10**6:06d}"
        with _plain_errors():
            index_named(name, self._patient).create()
        try:
            building = ElasticBuilding(self._patient, name)
            building.apply((), cursor)
            yield building
            with _plain_errors():
                self._swap(name)
            self._known = None
        except BaseException:
            self._patient.indices.delete(index=name, ignore_unavailable=True)
            raise

    def status(self) -> EngineStatus:
        """How the index is doing."""
        try:
            with _plain_errors():
                return self._status()
        except EngineError as error:
            return EngineStatus(self.name, ready=False, fingerprint=fingerprint(), note=str(error))

    def destroy(self) -> None:
        """Remove our indexes, by their full names."""
        names = self._own_indexes()
        if names:
            self._patient.indices.delete(index=names)

    def _status(self) -> EngineStatus:
        index = self._current_index(self.read_alias)
        count = self._client.count(index=index, query={"term": {"state": "live"}})["count"]
        stats = self._client.indices.stats(index=index, metric="store")
        size = stats["indices"][index]["total"]["store"]["size_in_bytes"]
        cursor = writing.load_cursor(self._client, index)
        return EngineStatus(self.name, fingerprint() in index, count, cursor, fingerprint(), size, index)

    def _current_index(self, alias: str) -> str:
        return str(next(iter(self._client.indices.get_alias(name=alias))))

    def _own_indexes(self) -> list[str]:
        # Another installation's prefix may begin with ours, so the whole name must fit.
        found = self._patient.indices.get(index=f"{self.prefix}-*", features="aliases")
        ours = len(self.prefix.split("-")) + 3
        return sorted(name for name in found if len(name.split("-")) == ours)

    def _swap(self, name: str) -> None:
        """One call takes the aliases away from the old index and gives them to the new one."""
        old = [index for index in self._own_indexes() if index < name and index != name]
        actions: list[dict[str, object]] = []
        for alias in (self.read_alias, self.write_alias):
            actions += [{"remove": {"index": f"{self.prefix}-*", "alias": alias, "must_exist": False}}]
            actions += [{"add": {"index": name, "alias": alias}}]
        self._patient.indices.refresh(index=name)
        self._patient.indices.update_aliases(actions=actions)
        if old:
            self._patient.indices.delete(index=old, ignore_unavailable=True)
