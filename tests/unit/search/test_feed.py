"""The public feed of a search."""

import pytest

from search import pool
from search.engines.base import EngineError

pytestmark = pytest.mark.django_db


def test_feed_of_an_engine_that_is_down_is_not_kept(case_study, client, indexed, monkeypatch):
    indexed()

    def refuse(plan):
        raise EngineError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(pool.embedded(), "search", refuse)
        answer = client.get("/en/search/feed/?q=plow")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    whole = client.get("/en/search/feed/?q=plow")
    assert case_study.title in whole.content.decode()
    assert whole["Cache-Control"] == "public, max-age=5"
