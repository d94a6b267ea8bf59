"""Writing to an embedded index: newer wins, deleted stays deleted."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter

import tantivy

from search.documents import Document, Rejected, Tombstone
from search.engines.base import Change, EngineBusy
from search.engines.embedded import layout

# Tantivy's least per thread; a handful of changes needs no more.
SMALL_HEAP = 15_000_000
LARGE_HEAP = 128_000_000
# A rebuild reads the database in one thread while these put words in order.
BUILD_THREADS = 2


@contextmanager
def writer(index: tantivy.Index, heap: int = SMALL_HEAP) -> Iterator[tantivy.IndexWriter]:
    """A writer for one batch, committed at the end; raises EngineBusy when another process writes."""
    try:
        opened = index.writer(heap, 1)
    except ValueError as error:
        raise EngineBusy(str(error)) from error
    try:
        yield opened
        opened.commit()
    finally:
        # Consumes the writer, and so gives its lock back, also after an error.
        opened.wait_merging_threads()


class BulkWriter:
    """Adds documents to an index that has none of them, and commits once at the end."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._open: tantivy.IndexWriter | None = None

    def add(self, documents: Iterable[Document]) -> list[Rejected]:
        """Hand documents over, to be indexed while the next ones are read; returns those that can't be."""
        if self._open is None:
            self._open = self._index.writer(LARGE_HEAP, BUILD_THREADS)
        rejected: list[Rejected] = []
        for document in documents:
            record = _record(document, rejected)
            if record is not None:
                self._open.add_document(record)
        return rejected

    def finish(self) -> None:
        """Commit what was added and give the writer's lock back."""
        if self._open is not None:
            opened, self._open = self._open, None
            opened.commit()
            opened.wait_merging_threads()

    def abandon(self) -> None:
        """Give the lock back without a commit."""
        if self._open is not None:
            opened, self._open = self._open, None
            opened.rollback()
            opened.wait_merging_threads()


def apply(index: tantivy.Index, changes: Iterable[Change]) -> list[Rejected]:
    """Write those changes that are not older than what the index holds (as `external_gte` does)."""
    newest, rejected = _newest(changes), list[Rejected]()
    if not newest:
        return rejected
    with writer(index) as out:
        index.reload()
        held = _versions(index.searcher(), newest)
        for key, change in newest.items():
            if change.version < held.get(key, -1):
                continue
            record = _record(change, rejected)
            if record is not None:
                out.delete_documents_by_term("key", key)
                out.add_document(record)
    return rejected


def _newest(changes: Iterable[Change]) -> dict[str, Change]:
    # The sort is stable: of two with the same version, the later counts.
    return {change.key: change for change in sorted(changes, key=attrgetter("version"))}


def _versions(searcher: tantivy.Searcher, keys: Iterable[str]) -> dict[str, int]:
    return {key: version for key in keys if (version := _version(searcher, key)) is not None}


def _version(searcher: tantivy.Searcher, key: str) -> int | None:
    found = searcher.search(tantivy.Query.term_query(layout.schema(), "key", key), 1, False).hits
    if not found:
        return None
    value = searcher.fast_field_values("version", [found[0][1]])[0]
    return None if value is None else int(value)


def _record(change: Change, rejected: list[Rejected]) -> tantivy.Document | None:
    try:
        return layout.gravestone(change) if isinstance(change, Tombstone) else layout.record(change)
    except Exception as error:
        # Whatever is wrong with one document, it is that document's trouble and not the others'.
        rejected.append(Rejected(change.key, f"{type(error).__name__}: {error}"))
        return None
