"""What several contract tests stand on."""

import os
import uuid

import pytest

from search import pool
from tests.contract.search_engines import ENGINES, new_engine


@pytest.fixture(params=ENGINES)
def installation(request, settings, tmp_path):
    """An installation in which one engine answers, each engine in turn."""
    engine = new_engine(request.param, tmp_path)  # skips or fails without a server
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"] if engine.name == "elasticsearch" else ""
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_TIMEOUT_SECONDS = 30
    pool.breaker.cache_clear()
    yield engine.name
    pool.breaker.cache_clear()
    if settings.ELASTICSEARCH_URL:
        pool.elasticsearch().destroy()
