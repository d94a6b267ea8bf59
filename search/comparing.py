"""Whether an index holds what the database says: found, judged, and counted by kind of difference.

Only items that nobody has changed since the index read the log are judged; the log's reader sees to the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from members.audience import is_wider
from search import log, parked, registry
from search.documents import Document, Held, digest, item_of, key_of
from search.engines.base import Engine
from search.log import Item


@dataclass
class Drift:
    """The names of what differs. An item is in exactly one of the four lists, and `leaks` are among them."""

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    superfluous: list[str] = field(default_factory=list)
    mislabelled: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    # What more people may count in the index than may see it: these come first.
    leaks: list[str] = field(default_factory=list)
    newest_version: int = 0

    def keys(self) -> list[str]:
        """Everything that differs."""
        return [*self.superfluous, *self.mislabelled, *self.missing, *self.stale]

    def counts(self) -> dict[str, int]:
        """How many of each."""
        names = ("missing", "superfluous", "mislabelled", "stale", "leaks")
        return {"compared": self.compared, **{name: len(getattr(self, name)) for name in names}}


def compare(engine: Engine, keys: list[str] | None = None) -> Drift:
    """Compare everything, or what these keys name. Raises EngineError."""
    cursor, drift = engine.feed().cursor, Drift()
    seen: dict[str, set[int]] = defaultdict(set)
    for page in _pages(engine.scan(keys)):
        _judge_page(engine, page, cursor, drift)
        for held in page:
            item = item_of(held.key)
            if held.live and item:
                seen[item[0]].add(item[1])
    for batch in log.batches(_unseen(seen, keys)):
        _judge_unseen(engine, batch, cursor, drift)
    return drift


def _pages(found: Iterable[Held]) -> Iterator[list[Held]]:
    page: list[Held] = []
    for held in found:
        page.append(held)
        if len(page) == log.BATCH:
            yield page
            page = []
    yield page


def _unseen(seen: dict[str, set[int]], keys: list[str] | None) -> Iterator[Item]:
    """What the database has and the index did not show."""
    chosen = None if keys is None else {item_of(key) for key in keys}
    for name, kind in registry.kinds().items():
        for item_id in kind.ids():
            if item_id not in seen[name] and (chosen is None or (name, item_id) in chosen):
                yield name, item_id


def _wanted(items: Iterable[Item]) -> dict[str, Document]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, item_id in items:
        by_kind[kind].append(item_id)
    made = (document for kind, ids in by_kind.items() for document in registry.documents(kind, ids)[0])
    return {document.key: document for document in made}


def _judge_page(engine: Engine, page: list[Held], cursor: int, drift: Drift) -> None:
    items = [item for held in page if (item := item_of(held.key))]
    wanted = _wanted(items)
    # Asked after the database was read: what is not in the log now was the same when the index read it.
    changing = {key_of(*item) for item in log.changed_since(cursor, items)}
    for held in page:
        drift.newest_version = max(drift.newest_version, held.version)
        if held.key not in changing:
            drift.compared += held.live
            _judge(held, wanted.get(held.key), drift)


def _judge(held: Held, wanted: Document | None, drift: Drift) -> None:
    if not held.live:
        # A tombstone of something that is there is found as missing.
        return
    if wanted is None:
        drift.superfluous.append(held.key)
        drift.leaks.append(held.key)
    elif held.labels != frozenset(wanted.labels):
        drift.mislabelled.append(held.key)
        if is_wider(held.labels, wanted.labels):
            drift.leaks.append(held.key)
    elif held.digest != digest(wanted):
        drift.stale.append(held.key)


def _judge_unseen(engine: Engine, items: list[Item], cursor: int, drift: Drift) -> None:
    wanted = _wanted(items)
    excused = log.changed_since(cursor, items) | parked.known(engine, items)
    drift.missing += [key_of(*item) for item in items if key_of(*item) in wanted and item not in excused]
