"""Writing to an Elasticsearch index: newer wins, deleted stays deleted, nothing fails silently."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.documents import Tombstone
from search.engines.base import Change, EngineError
from search.engines.elastic.mapping import source

CURSOR_ID = "cursor"
# Elasticsearch holds something newer: as it should be.
CONFLICT = 409


def action(change: Change) -> dict[str, Any]:
    """One line of a bulk. A deletion is a tombstone: Elasticsearch forgets real ones after a minute."""
    content = {"key": change.key, "state": "gone"} if isinstance(change, Tombstone) else source(change)
    versions = {"version": change.version, "version_type": "external_gte"}
    return {"_op_type": "index", "_id": change.key, **versions, "_source": content}


def write(client: Elasticsearch, index: str, changes: Iterable[Change], *, refresh: bool) -> None:
    """Write the changes; raises EngineError if any single one failed."""
    outcomes = streaming_bulk(
        client, map(action, changes), index=index, raise_on_error=False, refresh=refresh, chunk_size=500
    )
    failed = list(_failures(outcomes))
    if failed:
        raise EngineError(f"{len(failed)} documents were not indexed, the first because: {failed[0]}")


def _failures(outcomes: Iterable[tuple[bool, dict[str, Any]]]) -> Iterator[str]:
    for done, item in outcomes:
        detail = next(iter(item.values()))
        if not done and detail.get("status") != CONFLICT:
            yield f"{detail.get('status')} {detail.get('error')}"


def save_cursor(client: Elasticsearch, index: str, cursor: int) -> None:
    """Keep the cursor in the index itself: a restored or lost index then has the right one, or none."""
    client.index(index=index, id=CURSOR_ID, document={"state": "cursor", "cursor": cursor})


def load_cursor(client: Elasticsearch, index: str) -> int:
    """The last log entry this index has passed."""
    return int(client.get(index=index, id=CURSOR_ID, source_includes=["cursor"])["_source"]["cursor"])
