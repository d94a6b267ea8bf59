"""A rebuild put to use between the fence and the question: asked again, with a fence for the new index."""

import pytest

from members.audience import ANONYMOUS
from search import pool, service
from search.engines.base import EngineError, EngineMoved
from search.values import SearchRequest

pytestmark = pytest.mark.django_db


def test_question_is_asked_again_with_a_new_plan(case_study, indexed, monkeypatch):
    engine = indexed()
    plans, answer = [], engine.search

    def search(plan):
        plans.append(plan)
        if len(plans) == 1:
            raise EngineMoved("another index")
        return answer(plan)

    monkeypatch.setattr(engine, "search", search)
    assert service.search(SearchRequest(text="plow"), ANONYMOUS).total == 1
    assert len(plans) == 2
    assert plans[0] is not plans[1]


def test_index_that_keeps_moving_is_an_error(case_study, indexed, monkeypatch):
    indexed()

    def search(plan):
        raise EngineMoved("another index")

    monkeypatch.setattr(pool.embedded(), "search", search)
    with pytest.raises(EngineError):
        service.search(SearchRequest(text="plow"), ANONYMOUS, engine="embedded")
