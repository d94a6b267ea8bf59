"""Indexes that are written to: the one in use, or one that is being built."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.documents import Document, Rejected
from search.engines.base import Change, EngineBlocked, EngineError, EngineMissing
from search.engines.elastic import writing


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
    """An index that is being built."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index

    def add(self, documents: Sequence[Document]) -> Sequence[Rejected]:
        """Add documents of the snapshot."""
        with plain_errors():
            return writing.write(self.client, self.index, documents, refresh=False)

    def apply(self, changes: Iterable[Change], cursor: int) -> Sequence[Rejected]:
        """Replay what happened since the snapshot."""
        with plain_errors():
            rejected = writing.write(self.client, self.index, changes, refresh=True)
            writing.remember(self.client, self.index, {"cursor": cursor})
        return rejected
