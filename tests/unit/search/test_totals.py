"""Totals beside hits that the database lets nobody see, and beside counts of another moment."""

from dataclasses import replace

import pytest

from members.audience import ANONYMOUS
from search import service
from search.values import SearchRequest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("counted", "audience", "total"), [(1, "members", 0), (0, "members", 0), (0, "public", 1)]
)
def test_there_are_never_fewer_than_are_shown(case_study, indexed, monkeypatch, counted, audience, total):
    """The page has changed since the index heard of it; hits and counts saw the index at two moments."""
    engine = indexed()
    answer = engine.search
    monkeypatch.setattr(engine, "search", lambda plan: replace(answer(plan), total=counted))
    type(case_study).objects.filter(pk=case_study.pk).update(audience=audience)
    found = service.search(SearchRequest(text="plow"), ANONYMOUS)
    assert (found.total, len(found.hits)) == (total, total)
