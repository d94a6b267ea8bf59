"""From a change in the database to what a search finds."""

import threading

import pytest
from django.core.management import call_command

from adoptions.models import Adoption
from core.events import record
from core.log import LogEntry, Reason
from discussions.models import Answer, Question
from members.audience import ANONYMOUS, Reader
from search import log, pool, readers, rebuilding, service, worker
from search.engines.base import EngineError, EngineMissing
from search.kinds.library_page import page_document
from search.locks import host_lock
from search.models import ReaderCursor
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def find(text="", reader=ANONYMOUS, **request):
    return service.search(SearchRequest(text=text, **request), reader)


def titles(text="", reader=ANONYMOUS, **request):
    return [hit.title for hit in find(text, reader, **request).hits]


def test_item_is_found_after_the_log_was_read(case_study, indexed):
    indexed()
    assert titles("plow") == [case_study.title]


def test_item_edited_is_found_by_its_new_words(case_study, indexed):
    indexed()
    case_study.title = "Something about gravel"
    case_study.save()
    indexed()
    assert titles("gravel") == ["Something about gravel"]
    assert titles("autonomous") == []


def test_item_unpublished_and_published_again(case_study, indexed):
    indexed()
    case_study.unpublish()
    indexed()
    assert titles("plow") == []
    case_study.save_revision().publish()
    indexed()
    assert titles("plow") == [case_study.title]


def test_item_deleted_is_gone(case_study, indexed):
    indexed()
    case_study.delete()
    indexed()
    assert titles("plow") == []
    assert pool.embedded().status().documents == 1, "the municipality is left"


def test_every_kind_is_found(case_study, playbook, municipality, area, indexed):
    question = Question.objects.create(title="Who salts?", municipality=municipality, service_area=area)
    Answer.objects.create(question=question, municipality=municipality, body="We use *beet juice*.")
    indexed()
    assert titles("beet juice") == ["Who salts?"]
    assert titles("Innisfil", filters={"kind": ("municipality",)}) == ["Innisfil"]
    assert titles("step", filters={"kind": ("playbook",)}) == [playbook.title]
    assert set(titles()) == {case_study.title, playbook.title, "Who salts?"}


def test_candid_note_is_in_no_index(case_study, indexed):
    case_study.candid_note = "The vendor was rude about xylophones."
    case_study.save()
    indexed()
    everybody = Reader(labels=frozenset({"public", "members"}), sees_everything=True)
    assert titles("xylophones", everybody) == []


def test_adoptions_count_when_public(case_study, other_municipality, indexed):
    adoption = Adoption.objects.create(
        municipality=other_municipality, source=case_study, state="live", audience="members"
    )
    indexed()
    assert find("plow").hits[0].facts["adoptions"] == 0
    adoption.audience = "public"
    adoption.save()
    indexed()
    assert find("plow").hits[0].facts["adoptions"] == 1


def test_narrowed_item_is_fenced_before_the_index_has_heard(case_study, indexed):
    indexed()
    case_study.audience = "members"
    case_study.save()
    page = find("plow")
    assert (page.hits, page.total) == ((), 0)
    assert all(bucket.count == 0 for facet in page.facets for bucket in facet.buckets)
    indexed()
    member = Reader(labels=frozenset({"public", "members"}))
    assert titles("plow", member) == [case_study.title]
    assert titles("plow") == []


def test_step_takes_urgent_changes_before_a_long_queue(case_study, municipality, indexed, monkeypatch):
    indexed()
    monkeypatch.setattr(log, "BATCH", 2)
    for _ in range(5):
        record("municipality", municipality.pk)
    type(case_study).objects.filter(pk=case_study.pk).update(live=False)
    record("case_study", case_study.pk, Reason.DELETE)
    readers.step(pool.embedded())
    assert pool.embedded().cursor() < readers.head()
    assert pool.embedded().status().documents == 1


def test_step_without_an_index_builds_one(case_study):
    with pytest.raises(EngineMissing):
        pool.embedded().cursor()
    assert readers.advance(pool.embedded()) == 2
    assert pool.embedded().cursor() == readers.head()


def test_index_of_another_database_is_rebuilt(case_study, indexed):
    indexed()
    LogEntry.objects.all().delete()
    with pytest.raises(EngineMissing):
        readers.step(pool.embedded())
    indexed()
    assert titles("plow") == [case_study.title]


def test_index_of_another_shape_is_rebuilt(case_study, indexed):
    indexed()
    state = pool.embedded().store.current().path / "state.json"
    state.write_text('{"fingerprint": "old", "cursor": 1}')
    pool._embedded.cache_clear()
    assert not pool.embedded().status().ready
    indexed()
    assert pool.embedded().status().ready


def test_search_without_an_index_is_empty_and_says_so(case_study):
    page = find("plow")
    assert (page.total, page.limited) == (0, True)


def test_rebuild_replays_what_happened_meanwhile(case_study, municipality, area, indexed, monkeypatch):
    indexed()
    later = []

    def meanwhile(done, total):
        if not later:
            later.append(
                factories.make_case_study(municipality, area, title="Written meanwhile", slug="later")
            )
            case_study.unpublish()

    rebuilding.rebuild(pool.embedded(), meanwhile)
    assert set(titles()) == {"Written meanwhile"}
    assert pool.embedded().cursor() == readers.head()


def test_two_rebuilds_do_not_meet(case_study):
    with host_lock("rebuild-embedded", wait=False) as ours:
        assert ours
        assert rebuilding.rebuild_alone(pool.embedded(), wait=False) is None


def test_tick_is_quiet_while_another_process_reads(case_study):
    with host_lock("reader-embedded", wait=False):
        assert readers.tick() == 0


def test_reader_reports_its_cursor(case_study, indexed):
    indexed()
    assert ReaderCursor.objects.get().cursor == readers.head()


def test_item_that_cannot_be_indexed_is_left_out_and_holds_up_nobody(
    case_study, municipality, area, indexed, monkeypatch
):
    indexed()
    other = factories.make_case_study(municipality, area, title="Healthy plow", slug="healthy")
    real = page_document

    def stumble(page, *args, **kwargs):
        return real(page, *args, **kwargs) if page.pk == other.pk else 1 / 0

    monkeypatch.setattr("search.kinds.case_study.page_document", stumble)
    case_study.save()
    indexed()
    assert titles("plow") == ["Healthy plow"]
    assert pool.embedded().cursor() == readers.head()


class Broken:
    """An engine that fails."""

    name = "elasticsearch"

    def cursor(self):
        raise EngineError("down")

    search = feed = heard = cursor


def test_broken_engine_does_not_keep_the_other_from_being_fed(case_study, monkeypatch):
    embedded = pool.embedded()
    pool.breaker.cache_clear()
    monkeypatch.setattr(pool, "engines", lambda: [Broken(), embedded])
    readers.catch_up()
    assert embedded.status().documents == 2


def test_broken_engine_is_answered_for_and_left_alone(case_study, indexed, monkeypatch):
    indexed()
    monkeypatch.setattr(pool, "elasticsearch", Broken)
    pool.breaker.cache_clear()
    page = find("plow")
    assert (page.engine, page.limited, page.total) == ("embedded", True, 1)
    assert pool.breaker("elasticsearch").is_open
    pool.breaker.cache_clear()


def test_hit_the_database_denies_is_dropped(case_study, indexed):
    indexed()
    # As if a write had passed by the log.
    type(case_study).objects.filter(pk=case_study.pk).update(audience="municipality")
    page = find("plow")
    assert (page.hits, page.total) == ((), 0)


def test_worker_once_reads_to_the_end(case_study):
    call_command("worker", "--once")
    assert titles("plow") == [case_study.title]


def test_worker_loop_outlives_trouble(monkeypatch, settings):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    assert worker._pass(lambda: 1 / 0, 0.3) == worker.PAUSE_AFTER_TROUBLE


def test_inline_reader_starts_once(monkeypatch, settings):
    for loop in ("run", "run_chores"):
        monkeypatch.setattr(worker, loop, lambda *arguments: None)
    monkeypatch.setattr(worker, "_started_in", set())
    assert worker.start_inline_reader() is None
    settings.SEARCH_INLINE_READER = True
    assert isinstance(worker.start_inline_reader(), threading.Event)
    assert worker.start_inline_reader() is None
