"""Writing to an Elasticsearch index: newer wins, deleted stays deleted, nothing fails silently."""

from collections.abc import Iterable, Sequence
from typing import Any

from elastic_transport import SerializationError
from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.documents import Rejected, Tombstone
from search.engines.base import Change, EngineBlocked, EngineError, EngineMissing
from search.engines.elastic.mapping import source

CURSOR_ID = "cursor"
# Elasticsearch's answers to a single line of a bulk.
BAD_DOCUMENT, NO_INDEX, CONFLICT = 400, 404, 409
# Large bodies go in several requests: Elasticsearch refuses one that fills too much of its memory.
CHUNK_BYTES = 8_000_000
LONGEST_REASON = 300
# What one document alone may be at fault for; found by halving the batch.
_NOT_WRITABLE = (BadRequestError, SerializationError, TypeError, ValueError)


def door(index: str) -> str:
    """The alias that writes to an index go through.

    It exists only with its index, so that a late write to an index that has just been removed is
    refused and does not make Elasticsearch create an empty one of that name.
    """
    return f"{index}-door"


def action(change: Change) -> dict[str, Any]:
    """One line of a bulk. A deletion is a tombstone: Elasticsearch forgets real ones after a minute."""
    gone = {"key": change.key, "state": "gone", "version": change.version}
    content = gone if isinstance(change, Tombstone) else source(change)
    versions = {"version": change.version, "version_type": "external_gte"}
    return {"_op_type": "index", "_id": change.key, **versions, "_source": content}


def write(client: Elasticsearch, index: str, changes: Iterable[Change], *, refresh: bool) -> list[Rejected]:
    """Write the changes; returns those that cannot be written for what they are.

    Raises EngineError where writing did not work for another reason: then it may be repeated.
    """
    rejected: list[Rejected] = []
    lines = [line for change in changes if (line := _line(change, rejected))]
    return rejected + _send(client, index, lines, refresh)


def _line(change: Change, rejected: list[Rejected]) -> dict[str, Any] | None:
    try:
        return action(change)
    except Exception as error:
        # Whatever is wrong with one document, it is that document's trouble and not the others'.
        rejected.append(_rejected(change.key, error))
        return None


def _rejected(key: str, error: Exception) -> Rejected:
    return Rejected(key, f"{type(error).__name__}: {error}"[:LONGEST_REASON])


def _send(
    client: Elasticsearch, index: str, lines: Sequence[dict[str, Any]], refresh: bool
) -> list[Rejected]:
    try:
        return _bulk(client, index, lines, refresh)
    except _NOT_WRITABLE as error:
        if len(lines) == 1:
            return [_rejected(lines[0]["_id"], error)]
        middle = len(lines) // 2
        return [
            rejected
            for half in (lines[:middle], lines[middle:])
            for rejected in _send(client, index, half, refresh)
        ]


def _bulk(
    client: Elasticsearch, index: str, lines: Sequence[dict[str, Any]], refresh: bool
) -> list[Rejected]:
    outcomes = streaming_bulk(
        client, lines, index=door(index), require_alias=True, raise_on_error=False,
        refresh=refresh, chunk_size=500, max_chunk_bytes=CHUNK_BYTES,
    )  # fmt: skip
    details = (next(iter(item.values())) for done, item in outcomes if not done)
    refused, other = [], []
    for detail in details:
        if detail.get("status") == BAD_DOCUMENT:
            refused.append(Rejected(detail["_id"], _reason(detail)))
        elif detail.get("status") != CONFLICT:
            # With a conflict Elasticsearch holds something newer: as it should be.
            other.append(detail)
    if other:
        raise _trouble(other)
    return refused


def _reason(detail: dict[str, Any]) -> str:
    """What Elasticsearch says, and its cause; each may repeat a whole document."""
    error = detail.get("error") or {}
    if not isinstance(error, dict):
        return str(error)[:LONGEST_REASON]
    cause = (error.get("caused_by") or {}).get("reason") or ""
    told = f"{error.get('type')}: {error.get('reason')}"[:LONGEST_REASON]
    return f"{told} ({cause[:LONGEST_REASON]})" if cause else told


def _trouble(details: Sequence[dict[str, Any]]) -> EngineError:
    """What kept lines of a bulk from being written, if it was not their content."""
    reasons = [_reason(detail) for detail in details]
    text = f"{len(details)} documents were not indexed, the first because: {reasons[0]}"
    if any(reason.startswith("cluster_block_exception") for reason in reasons):
        return EngineBlocked(text)
    return EngineMissing(text) if details[0].get("status") == NO_INDEX else EngineError(text)


def remember(client: Elasticsearch, index: str, marks: dict[str, int]) -> None:
    """Keep the marks in the index itself: a restored or lost index then has the right ones, or none."""
    client.index(index=door(index), require_alias=True, id=CURSOR_ID, document={"state": "cursor", **marks})


def marks(client: Elasticsearch, alias: str) -> tuple[str, dict[str, int]]:
    """The index behind this name, and how far it has read the log."""
    found = client.get(index=alias, id=CURSOR_ID, source_includes=["cursor", "urgent"])
    return found["_index"], {name: int(mark) for name, mark in found["_source"].items()}
