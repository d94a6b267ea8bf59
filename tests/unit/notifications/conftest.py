"""Saved searches need an index of their own and no Elasticsearch."""

import pytest

from search import pool, readers
from tests.factories import make_person


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def indexed(db):
    """Brings the index to the end of the log whenever it is called."""

    def bring_up_to_date():
        readers.catch_up()
        return pool.embedded()

    return bring_up_to_date


@pytest.fixture
def member(municipality):
    """Somebody who may read what members may read."""
    return make_person("kim@example.org", municipality=municipality)
