"""What every engine can do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.documents import Document, Held, Rejected, Tombstone
from search.plan import Plan

Change = Document | Tombstone


class EngineError(Exception):
    """The engine could not answer; another may."""


class EngineMissing(EngineError):
    """The engine has no index, or one of another shape: it needs a rebuild."""


class EngineMoved(EngineError):
    """Another index has taken the place of the one that the plan was made for: plan anew."""


class EngineBusy(EngineError):
    """Another process is writing."""


class EngineBlocked(EngineError):
    """The engine takes no writes until somebody has looked after it (a full disk): they wait in the log."""


@dataclass(frozen=True)
class RawHit:
    """A hit as an engine knows it. `fragment` carries the private mark characters of `search.text`."""

    key: str
    kind: str
    item_id: int
    title: str
    summary: str
    language: str
    url: str
    display: Mapping[str, Any]
    score: float
    fragment: str = ""


@dataclass(frozen=True)
class RawText:
    """What a document that was found says, as far as it is kept."""

    kind: str
    item_id: int
    text: str


@dataclass(frozen=True)
class RawResult:
    """An engine's answer: one page of hits and the counts over all of them."""

    hits: tuple[RawHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # How many matching documents have each of the plan's `checked` words, or any larger number than the plan's `rare`.
    known: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class EngineStatus:
    """How an index is doing."""

    engine: str
    ready: bool
    documents: int = 0
    cursor: int = 0
    fingerprint: str = ""
    size_bytes: int = 0
    note: str = ""


class Building(Protocol):
    """An index that is being built beside the one in use."""

    def add(self, documents: Sequence[Document]) -> Sequence[Rejected]:
        """Add documents of the snapshot; returns those that the engine does not take."""

    def flush(self) -> Sequence[Rejected]:
        """Wait until everything added is there; returns what was refused since `add` last said so."""

    def apply(self, changes: Iterable[Change], cursor: int) -> Sequence[Rejected]:
        """Replay what happened since the snapshot; returns those that the engine does not take."""


class Feed(Protocol):
    """One index and how far it has read the log. Stays with that index if another takes its place."""

    @property
    def cursor(self) -> int:
        """The last log entry that is applied, with all before it."""

    @property
    def urgent(self) -> int:
        """The last urgent log entry that was applied ahead of the cursor; 0 if there was none."""

    def apply(self, changes: Iterable[Change]) -> Sequence[Rejected]:
        """Write the changes that are newer than what the index holds.

        Returns those that the engine does not take, after having written all others. Raises
        EngineError when it is not the changes' fault; then it may be repeated.
        """

    def remember(self, *, cursor: int | None = None, urgent: int | None = None) -> None:
        """Keep how far the log is applied, beside the index that it was applied to."""


class Engine(Protocol):
    """One search engine: feed it, ask it, rebuild it."""

    name: str

    def search(self, plan: Plan) -> RawResult:
        """Answer a plan; raises EngineError."""

    def many(self, plans: Sequence[Plan]) -> list[RawResult]:
        """Answer several plans in one go; raises EngineError if any of them can't be answered."""

    def texts(self, plan: Plan) -> Sequence[RawText]:
        """What the documents of the plan's page say; raises EngineError."""

    def apply(self, changes: Iterable[Change], cursor: int | None = None) -> Sequence[Rejected]:
        """Feed the index in use; the cursor is remembered only if the engine took all changes."""

    def feed(self) -> "Feed":
        """The index in use now, to be written to; raises EngineMissing."""

    def cursor(self) -> int:
        """The last log entry this index has passed; raises EngineMissing."""

    def heard(self) -> int:
        """The last log entry up to which all urgent ones are applied; raises EngineMissing."""

    def scan(self, keys: Collection[str] | None = None) -> Iterator[Held]:
        """What the index holds under these keys, or under all; raises EngineError."""

    def build(self, cursor: int) -> AbstractContextManager[Building]:
        """Build a new index beside the one in use and swap when the block ends well."""

    def status(self) -> EngineStatus:
        """How the index is doing; never raises."""

    def destroy(self) -> None:
        """Remove the index and everything that goes with it (tests, throw-away indexes)."""
