"""The embedded engine: tantivy inside our own process, always on, no service needed."""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.documents import Document, Held, Rejected
from search.engines.base import Change, EngineError, EngineMissing, EngineStatus, RawResult, RawText
from search.engines.embedded import layout, reading, writing
from search.engines.embedded.store import Generation, Store
from search.plan import Plan

Signature = tuple[int, int, int]


def _signature(path: Path) -> Signature:
    stat = path.stat()
    return (stat.st_mtime_ns, stat.st_ino, stat.st_size)


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise EngineError(str(error)) from error


class _Open:
    """An index this process has open, reloaded when any process has committed to it."""

    def __init__(self, generation: Generation) -> None:
        if not generation.fits():
            raise EngineMissing("the embedded index is missing or of another shape")
        self.generation = generation
        self.index = generation.open()
        self.seen: Signature | None = None

    def searcher(self) -> tantivy.Searcher:
        signature = _signature(self.generation.meta_path)
        if signature != self.seen:
            self.index.reload()
            self.seen = signature
        return self.index.searcher()


class EmbeddedBuilding:
    """A generation that is being built."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.index = generation.open()
        self.bulk = writing.BulkWriter(self.index)

    def add(self, documents: Sequence[Document]) -> Sequence[Rejected]:
        """Add documents of the snapshot."""
        return self.bulk.add(documents)

    def flush(self) -> Sequence[Rejected]:
        """Commit the snapshot."""
        self.bulk.finish()
        return ()

    def apply(self, changes: Iterable[Change], cursor: int) -> Sequence[Rejected]:
        """Replay what happened since the snapshot."""
        self.flush()
        rejected = writing.apply(self.index, changes)
        self.generation.remember(cursor=cursor)
        return rejected


class EmbeddedFeed:
    """A generation that is fed."""

    def __init__(self, opened: _Open) -> None:
        self._opened = opened
        self.cursor = opened.generation.cursor()
        self.urgent = opened.generation.urgent()

    def apply(self, changes: Iterable[Change]) -> Sequence[Rejected]:
        """Write newer changes."""
        return writing.apply(self._opened.index, changes)

    def remember(self, *, cursor: int | None = None, urgent: int | None = None) -> None:
        """Keep how far the log is applied."""
        self._opened.generation.remember(cursor=cursor, urgent=urgent)


class EmbeddedEngine:
    """One embedded index in one folder."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self.store = Store(root)
        self._lock = threading.Lock()
        self._opened: _Open | None = None

    def search(self, plan: Plan) -> RawResult:
        """Answer a plan."""
        with _plain_errors():
            return reading.answer(self._searcher(plan), plan)

    def many(self, plans: Sequence[Plan]) -> list[RawResult]:
        """Answer several plans."""
        return [self.search(plan) for plan in plans]

    def texts(self, plan: Plan) -> Sequence[RawText]:
        """What the documents of the plan's page say."""
        with _plain_errors():
            return reading.texts(self._searcher(plan), plan)

    def _searcher(self, plan: Plan) -> tantivy.Searcher:
        opened = self._open()
        if opened.generation.heard() < plan.heard:
            raise EngineError("another index, further behind, has taken the place of the one that was asked")
        return opened.searcher()

    def feed(self) -> EmbeddedFeed:
        """The generation in use now."""
        return EmbeddedFeed(self._open())

    def apply(self, changes: Iterable[Change], cursor: int | None = None) -> Sequence[Rejected]:
        """Feed the generation in use."""
        feed = self.feed()
        rejected = feed.apply(changes)
        if cursor is not None and not rejected:
            feed.remember(cursor=cursor)
        return rejected

    def cursor(self) -> int:
        """The last log entry this index has passed."""
        return self.feed().cursor

    def heard(self) -> int:
        """The last log entry up to which all urgent ones are applied."""
        return self._open().generation.heard()

    def scan(self, keys: Collection[str] | None = None) -> Iterator[Held]:
        """What the index holds under these keys, or under all."""
        with _plain_errors():
            yield from reading.held(self._open().searcher(), keys)

    @contextmanager
    def build(self, cursor: int) -> Iterator[EmbeddedBuilding]:
        """Build a new generation and switch to it when the block ends well."""
        generation = self.store.create()
        building = EmbeddedBuilding(generation)
        generation.remember(cursor=cursor)
        try:
            yield building
            building.flush()
        finally:
            building.bulk.abandon()
        self.store.switch(generation)

    def status(self) -> EngineStatus:
        """How the index is doing."""
        live = tantivy.Query.term_query(layout.schema(), "state", "live")
        try:
            opened = self._open()
            documents = reading.total_of(opened.searcher().search(live, 1))
        except (EngineError, OSError, ValueError) as error:
            return EngineStatus(self.name, ready=False, fingerprint=layout.fingerprint(), note=str(error))
        generation = opened.generation
        return EngineStatus(
            self.name, True, documents, generation.cursor(), layout.fingerprint(), generation.size()
        )

    def destroy(self) -> None:
        """Remove the index."""
        self._opened = None
        self.store.destroy()

    def _open(self) -> _Open:
        generation = self.store.current()
        opened = self._opened
        if opened is not None and opened.generation == generation:
            return opened
        with self._lock:
            self._opened = _Open(generation)
            return self._opened
