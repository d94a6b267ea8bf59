"""The client for Elasticsearch: limits of time, and what it writes. No server is asked."""

import pytest

from search import deadline
from search.engines.base import EngineError
from search.engines.elastic.client import Clients


@pytest.fixture
def clients():
    return Clients("http://nowhere:9200", timeout=2.0)


def seconds_of(client):
    return client._request_timeout


def test_question_has_what_is_left_and_never_more(clients):
    assert seconds_of(clients.quick) == 2.0
    with deadline.within(0.5):
        assert 0.4 <= seconds_of(clients.quick) <= 0.5
    assert seconds_of(clients.patient) == 60


def test_questions_with_the_same_time_share_a_client(clients):
    assert clients.quick is clients.quick


def test_without_time_nothing_is_asked(clients):
    with deadline.within(0.01), pytest.raises(EngineError, match="no time"):
        _ = clients.quick


@pytest.mark.parametrize("vendor", ["", "vnd.elasticsearch+"])
def test_lines_are_written_one_below_the_other(clients, vendor):
    lines = [{}, {"query": {"match": {"title_fr": "déneigement"}}}]
    written = clients.plain.transport.serializers.dumps(lines, f"application/{vendor}x-ndjson")
    assert written.decode() == '{}\n{"query":{"match":{"title_fr":"déneigement"}}}\n'
    one = clients.plain.transport.serializers.loads(b'{"took": 1}', f"application/{vendor}json")
    assert one == {"took": 1}
