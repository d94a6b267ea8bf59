"""What a search does whose index is replaced while it asks; the server is played by a few lines."""

import pytest

from search.engines.base import EngineError, EngineMissing
from search.engines.elastic import ElasticEngine
from search.engines.elastic.feeding import Position
from search.plan import Plan, reading

FOUND = {"hits": {"total": {"value": 0}, "hits": []}, "timed_out": False, "_shards": {"failed": 0}}
GONE = {"error": {"type": "index_not_found_exception"}, "status": 404}
BUSY = {"error": {"type": "es_rejected_execution_exception"}, "status": 429}


class Server:
    """Answers several questions as Elasticsearch does: always with 200, each with an outcome of its own."""

    def __init__(self, **outcomes):
        self.outcomes = outcomes
        self.asked = []

    @property
    def quick(self):
        return self

    def msearch(self, index, searches):
        self.asked.append(index)
        return {"responses": [self.outcomes[index]] * (len(searches) // 2)}


def plan():
    labels = frozenset({"public"})
    return Plan(
        text=None, words=(), labels=labels, filters={}, sort="newest", offset=0, limit=1,
        language="en", counted=(), reading=reading("en", labels),
    )  # fmt: skip


@pytest.fixture
def engine_of(monkeypatch):
    def engine_of(server):
        engine = ElasticEngine("http://nowhere:9200", "test", timeout=1.0)
        engine.__dict__["_clients"] = server
        indexes = iter(("old", "new"))
        monkeypatch.setattr(engine, "_now", lambda: Position(next(indexes), 1, 0, float("inf")))
        return engine

    return engine_of


def test_many_ask_the_index_that_took_the_place_of_theirs(engine_of):
    server = Server(old=GONE, new=FOUND | {"status": 200})
    assert [result.total for result in engine_of(server).many([plan(), plan()])] == [0, 0]
    assert server.asked == ["old", "new"]


def test_many_ask_again_only_once(engine_of):
    server = Server(old=GONE, new=GONE)
    with pytest.raises(EngineMissing):
        engine_of(server).many([plan(), plan()])
    assert server.asked == ["old", "new"]


def test_many_do_not_ask_again_for_other_troubles(engine_of):
    server = Server(old=BUSY)
    with pytest.raises(EngineError) as caught:
        engine_of(server).many([plan(), plan()])
    assert not isinstance(caught.value, EngineMissing)
    assert server.asked == ["old"]
