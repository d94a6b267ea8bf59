"""Engines for tests: each with an index of its own."""

import os
import uuid
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine

ENGINES = [
    "embedded",
    pytest.param("elasticsearch", marks=[pytest.mark.elasticsearch, pytest.mark.enable_socket]),
]


def new_engine(name: str, folder: Path) -> Engine:
    """An engine without an index. Skips without a server, unless services are mandatory."""
    if name == "embedded":
        return EmbeddedEngine(folder / uuid.uuid4().hex)
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url and os.environ.get("INTERURBAN_ALL") == "1":
        pytest.fail("ELASTICSEARCH_URL is not set, and services are mandatory")
    if not url:
        pytest.skip("ELASTICSEARCH_URL is not set")
    from search.engines.elastic import ElasticEngine

    return ElasticEngine(url, f"test-{uuid.uuid4().hex[:12]}", timeout=30)
