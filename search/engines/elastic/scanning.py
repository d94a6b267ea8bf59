"""Reading everything that an index holds, as it was at one moment."""

from collections.abc import Collection, Iterator
from typing import Any

from elasticsearch import Elasticsearch

from search.documents import Held

PAGE = 1_000
_FIELDS = ("state", "labels", "digest", "version")


def held(client: Elasticsearch, index: str, keys: Collection[str] | None = None) -> Iterator[Held]:
    """What the index holds, tombstones too; only under these keys, if some are given."""
    moment = client.open_point_in_time(index=index, keep_alive="2m")["id"]
    chosen: dict[str, Any] = {"match_all": {}} if keys is None else {"ids": {"values": sorted(keys)}}
    after: list[Any] | None = None
    try:
        while True:
            page = _page(client, moment, chosen, after)
            yield from map(_held, page)
            if len(page) < PAGE:
                return
            after = page[-1]["sort"]
    finally:
        client.close_point_in_time(id=moment)


def _page(client: Elasticsearch, moment: str, chosen: Any, after: list[Any] | None) -> list[Any]:
    answer = client.search(
        pit={"id": moment, "keep_alive": "2m"},
        query={"bool": {"filter": [chosen], "must_not": [{"term": {"state": "cursor"}}]}},
        sort=[{"_shard_doc": "asc"}],
        search_after=after,
        size=PAGE,
        version=True,
        source=False,
        docvalue_fields=[{"field": name} for name in _FIELDS],
        track_total_hits=False,
    )
    return list(answer["hits"]["hits"])


def _held(hit: Any) -> Held:
    found = hit.get("fields", {})
    version = int(hit["_version"])
    # Elasticsearch counts a write that is not ours, and then the two numbers differ.
    ours = found.get("version") == [version]
    return Held(
        key=hit["_id"],
        version=version,
        labels=frozenset(found.get("labels", ())),
        digest=found.get("digest", [""])[0] if ours else "",
        live=found.get("state") == ["live"],
    )
