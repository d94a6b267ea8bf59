"""Every search test has an index folder of its own and no Elasticsearch."""

import pytest

from search import pool, readers


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ELASTICSEARCH_URL = ""
    # One test's trouble must not make the next one wait.
    pool.breaker.cache_clear()
    pool.feeding_breaker.cache_clear()


@pytest.fixture
def indexed(db):
    """Brings the index to the end of the log whenever it is called."""

    def bring_up_to_date():
        readers.catch_up()
        return pool.embedded()

    return bring_up_to_date
