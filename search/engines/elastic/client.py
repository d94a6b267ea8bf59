"""The client for Elasticsearch: as much time as a reader has, and JSON that is written and read quickly."""

import math
from functools import lru_cache

from elasticsearch import Elasticsearch
from elasticsearch.serializer import DEFAULT_SERIALIZERS, NdjsonSerializer, OrjsonSerializer

from search import deadline
from search.engines.base import EngineError

# Building and bulk writing may take their time; a reader's search may not.
PATIENCE_SECONDS = 60
# Searches at the same time, each on a connection that stays open.
CONNECTIONS = 24
# With less time than this left, there is no use in asking.
LEAST_SECONDS = 0.02
# Limits are whole hundredths of a second, so that there are few of them.
HUNDREDTH = 0.01


class _OrjsonLines(OrjsonSerializer, NdjsonSerializer):
    """Lines of JSON, as several searches are sent."""

    dumps, loads = NdjsonSerializer.dumps, NdjsonSerializer.loads


def _serializers() -> dict[str, OrjsonSerializer]:
    quick = {"json": OrjsonSerializer(), "x-ndjson": _OrjsonLines()}
    return {
        f"application/{vendor}{kind}": each
        for vendor in ("", "vnd.elasticsearch+")
        for kind, each in quick.items()
    }


class Clients:
    """One client, with as much time as there is for each question. No connection is made before the first."""

    def __init__(self, url: str, timeout: float) -> None:
        self.plain = Elasticsearch(
            url,
            request_timeout=timeout,
            max_retries=0,
            retry_on_timeout=False,
            connections_per_node=CONNECTIONS,
            serializers=DEFAULT_SERIALIZERS | _serializers(),
        )
        self.patient = self.plain.options(request_timeout=PATIENCE_SECONDS)
        self._timeout = timeout
        # The client copies itself for each limit, which takes half a millisecond.
        self._limited = lru_cache(self._within)

    @property
    def quick(self) -> Elasticsearch:
        """For a reader who waits; raises EngineError when there is no time left."""
        seconds = deadline.left(self._timeout)
        if seconds < LEAST_SECONDS:
            raise EngineError("no time is left to ask Elasticsearch")
        return self._limited(math.floor(seconds / HUNDREDTH))

    def _within(self, hundredths: int) -> Elasticsearch:
        return self.plain.options(request_timeout=hundredths * HUNDREDTH)
