"""The engines of this installation, made once for each setting and connected only when asked."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.breaker import Breaker
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine

NAMES = ("embedded", "elasticsearch")


@lru_cache(maxsize=8)
def _embedded(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)


@lru_cache(maxsize=8)
def _elastic(url: str, prefix: str, timeout: float) -> Engine:
    # The client is heavy to import, so only installations that use it do.
    from search.engines.elastic import ElasticEngine

    return ElasticEngine(url, prefix, timeout)


@lru_cache(maxsize=8)
def breaker(name: str) -> Breaker:
    """The circuit breaker of those who ask an engine in this process."""
    return Breaker(seats=settings.SEARCH_SEATS)


@lru_cache(maxsize=8)
def feeding_breaker(name: str) -> Breaker:
    """The circuit breaker of the one who feeds an engine."""
    return Breaker(pause=1.0, longest=15.0)


def embedded() -> Engine:
    """The embedded engine, always there."""
    return _embedded(Path(settings.SEARCH_INDEX_DIR) / "embedded")


def elasticsearch() -> Engine | None:
    """Elasticsearch, where it is configured."""
    url = settings.ELASTICSEARCH_URL
    return _elastic(url, settings.SEARCH_INDEX_PREFIX, settings.SEARCH_TIMEOUT_SECONDS) if url else None


def engines() -> list[Engine]:
    """Every engine that is to be fed, the preferred one first."""
    preferred = elasticsearch()
    return [preferred, embedded()] if preferred else [embedded()]


def named(name: str) -> Engine:
    """The engine of this name; raises LookupError if it is not configured."""
    for engine in engines():
        if engine.name == name:
            return engine
    raise LookupError(f"the engine {name!r} is not configured")
