"""Indexes that are written to: the one in use, or one that is being built."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.documents import Document, Rejected
from search.engines.base import Change, EngineBlocked, EngineError, EngineMissing
from search.engines.elastic import writing

# A rebuild sends so many batches at the same time, and reads no more than a few ahead.
SENDERS = 2
MAX_WAITING = 4


@contextmanager
def plain_errors() -> Iterator[None]:
    """Elasticsearch's errors as ours."""
    try:
        yield
    except NotFoundError as error:
        raise EngineMissing(str(error)) from error
    except (ApiError, TransportError) as error:
        blocked = "cluster_block_exception" in str(error)
        raise (EngineBlocked if blocked else EngineError)(str(error)) from error


@dataclass(frozen=True)
class Position:
    """The index in use, and how far it had read the log when we asked."""

    index: str
    cursor: int
    urgent: int
    asked: float

    @property
    def heard(self) -> int:
        """The last log entry up to which all urgent ones are applied."""
        return max(self.cursor, self.urgent)


class ElasticFeed:
    """An index that is fed."""

    def __init__(self, client: Elasticsearch, position: Position) -> None:
        self._client = client
        self._index = position.index
        self.cursor = position.cursor
        self.urgent = position.urgent

    def apply(self, changes: Iterable[Change]) -> Sequence[Rejected]:
        """Write newer changes."""
        with plain_errors():
            return writing.write(self._client, self._index, changes, refresh=True)

    def remember(self, *, cursor: int | None = None, urgent: int | None = None) -> None:
        """Keep how far the log is applied."""
        self.cursor = self.cursor if cursor is None else cursor
        self.urgent = self.urgent if urgent is None else urgent
        with plain_errors():
            writing.remember(self._client, self._index, {"cursor": self.cursor, "urgent": self.urgent})


class ElasticBuilding:
    """An index that is being built: batches are sent while the next ones are read from the database."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="elasticsearch-build")
        self._sent: deque[Future[Sequence[Rejected]]] = deque()

    def add(self, documents: Sequence[Document]) -> Sequence[Rejected]:
        """Add documents of the snapshot; returns what was refused of those that have arrived by now."""
        self._sent.append(self._senders.submit(self._send, documents))
        return self._arrived(waiting=MAX_WAITING)

    def apply(self, changes: Iterable[Change], cursor: int) -> Sequence[Rejected]:
        """Replay what happened since the snapshot."""
        before = self.flush()
        with plain_errors():
            rejected = writing.write(self.client, self.index, changes, refresh=True)
            writing.remember(self.client, self.index, {"cursor": cursor})
        return [*before, *rejected]

    def flush(self) -> Sequence[Rejected]:
        """Wait until the whole snapshot is there; returns what was refused of the last batches."""
        return self._arrived(waiting=0)

    def close(self) -> None:
        """Let go of the threads; what has not been sent is dropped."""
        self._senders.shutdown(wait=True, cancel_futures=True)

    def _send(self, documents: Sequence[Document]) -> Sequence[Rejected]:
        with plain_errors():
            return writing.write(self.client, self.index, documents, refresh=False)

    def _arrived(self, *, waiting: int) -> Sequence[Rejected]:
        """Wait until no more than so many batches are under way; returns what they refused."""
        rejected: list[Rejected] = []
        while len(self._sent) > waiting:
            rejected += self._sent.popleft().result()
        return rejected
