"""The whole search with a real Elasticsearch: fed from the log, asked through the door, replaced when it fails."""

import os
import socket
import time
import uuid

import pytest

from members.audience import ANONYMOUS, reader_for
from members.models import Person
from search import pool, readers, service
from search.engines.base import EngineError
from search.engines.elastic import ElasticEngine
from search.rebuilding import rebuild_alone
from search.values import SearchRequest
from tests.contract.search_documents import ask
from tests.contract.search_engines import new_engine

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch, pytest.mark.enable_socket]


@pytest.fixture
def installation(settings, tmp_path):
    """Settings with Elasticsearch, under a prefix of our own."""
    new_engine("elasticsearch", tmp_path)  # skips or fails without a server
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.SEARCH_TIMEOUT_SECONDS = 30
    pool.breaker.cache_clear()
    yield settings
    pool.breaker.cache_clear()
    pool.elasticsearch().destroy()


def find(text="", **request):
    return service.search(SearchRequest(text=text, **request), ANONYMOUS)


def test_both_engines_are_fed_and_give_the_same_answer(installation, case_study, playbook):
    readers.catch_up()
    by_elastic = find("plow")
    assert (by_elastic.engine, by_elastic.limited) == ("elasticsearch", False)
    by_embedded = service.search(SearchRequest("plow"), ANONYMOUS, engine="embedded")
    assert (
        [hit.item_id for hit in by_elastic.hits]
        == [hit.item_id for hit in by_embedded.hits]
        == [case_study.pk]
    )
    assert by_elastic.facets == by_embedded.facets
    assert by_elastic.hits[0].facts == by_embedded.hits[0].facts


def test_edit_and_deletion_reach_elasticsearch(installation, case_study):
    readers.catch_up()
    case_study.title = "Gravel"
    case_study.save()
    readers.catch_up()
    assert [hit.title for hit in find("gravel").hits] == ["Gravel"]
    case_study.delete()
    assert find("gravel").total == 0, "fenced before the index has heard"
    readers.catch_up()
    assert find("gravel").total == 0


def test_rebuild_of_elasticsearch(installation, case_study):
    readers.catch_up()
    assert rebuild_alone(pool.elasticsearch()) == 2
    assert find("plow").engine == "elasticsearch"
    assert pool.elasticsearch().status().cursor == readers.head()


def test_lost_index_is_answered_for_and_rebuilt(installation, case_study):
    readers.catch_up()
    pool.elasticsearch().destroy()
    pool.elasticsearch()._known = None
    page = find("plow")
    assert (page.engine, page.limited, page.total) == ("embedded", True, 1)
    pool.breaker.cache_clear()
    readers.catch_up()
    assert find("plow").engine == "elasticsearch"


def test_silent_server_is_given_up_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = ElasticEngine(f"http://127.0.0.1:{silent.getsockname()[1]}", "test-silent", timeout=0.5)
        started = time.monotonic()
        with pytest.raises(EngineError):
            ask(engine, "snow")
        assert time.monotonic() - started < 2


@pytest.mark.parametrize("engine", pool.NAMES)
def test_spelling_never_shows_a_word_of_what_the_reader_may_not_see(
    installation, case_study, playbook, engine
):
    case_study.title = "Zyxwvuts"
    case_study.audience = "members"
    case_study.save()
    readers.catch_up()

    def corrected(text, reader):
        return service.search(SearchRequest(text), reader, engine=engine).request.text

    assert corrected("Zyxwvutz", ANONYMOUS) == "Zyxwvutz"
    member = reader_for(Person.objects.create_user("a@x.ca", municipality=case_study.municipality))
    assert corrected("Zyxwvutz", member) == "zyxwvuts"
    assert corrected("colected", ANONYMOUS) == "collected"
