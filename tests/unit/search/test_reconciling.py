"""Index and database compared, and made equal again."""

import io
import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import chores, pruning
from core.log import LogEntry
from discussions.models import Question
from search import comparing, log, readers, reconciling, registry
from search.documents import Tombstone, key_of
from search.engines.base import EngineMissing
from search.models import ParkedItem, ReaderCursor

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(municipality, area):
    return [
        Question.objects.create(title=f"Question {number}", municipality=municipality, service_area=area)
        for number in range(12)
    ]


@pytest.fixture
def engine(questions, indexed):
    return indexed()


def document(question):
    return registry.documents("question", [question.pk])[0][0]


def held(engine, question):
    return next(iter(engine.scan([key_of("question", question.pk)])))


def test_equal_index_has_no_drift(engine):
    found = reconciling.reconcile(engine)
    assert (found["compared"], found["repaired"]) == (13, 0)
    assert not any(found[name] for name in ("missing", "superfluous", "mislabelled", "stale", "leaks"))


def test_every_kind_of_drift_is_found_and_repaired(engine, questions):
    version = log.head() + 1
    deleted, narrowed, widened, edited = questions[:4]
    Question.objects.filter(pk=deleted.pk).delete()
    LogEntry.objects.filter(kind="question", item_id=deleted.pk).delete()
    Question.objects.filter(pk=widened.pk).update(audience="municipality")
    engine.apply(
        [
            Tombstone(key_of("question", questions[4].pk), version),
            replace(document(narrowed), labels=("members",), version=version),
            replace(document(edited), title="Somebody was here", version=version),
            replace(document(questions[5]), key="stranger", version=version),
            replace(document(questions[5]), key="question:999999", item_id=999_999, version=version),
            replace(document(questions[5]), key="unheard_of:1", kind="unheard_of", version=version),
        ]
    )
    drift = comparing.compare(engine)
    assert drift.missing == [key_of("question", questions[4].pk)]
    assert set(drift.superfluous) == {
        key_of("question", deleted.pk), "stranger", "question:999999", "unheard_of:1"
    }  # fmt: skip
    assert set(drift.mislabelled) == {key_of("question", narrowed.pk), key_of("question", widened.pk)}
    assert drift.stale == [key_of("question", edited.pk)]
    assert set(drift.leaks) == {*drift.superfluous, key_of("question", widened.pk)}
    assert reconciling.reconcile(engine)["repaired"] == 8
    assert comparing.compare(engine).keys() == []
    assert held(engine, widened).labels == {f"municipality:{widened.municipality_id}"}


def test_leaks_are_alarmed_about_and_fenced_before_they_are_repaired(engine, questions, caplog, monkeypatch):
    from members.audience import ANONYMOUS
    from search import service
    from search.values import SearchRequest

    Question.objects.filter(pk=questions[0].pk).update(audience="members")
    assert service.search(SearchRequest("question"), ANONYMOUS).facets[0].buckets[0].count == 12
    monkeypatch.setattr(reconciling, "_apply", lambda engine: None)
    reconciling.reconcile(engine)
    assert f"question:{questions[0].pk}" in caplog.text
    assert service.search(SearchRequest("question"), ANONYMOUS).facets[0].buckets[0].count == 11


def test_items_that_change_meanwhile_are_not_judged(engine, questions):
    questions[0].title = "New words"
    questions[0].save()
    questions[1].delete()
    found = reconciling.reconcile(engine, repair=False)
    assert not any(found[name] for name in ("missing", "superfluous", "stale"))
    assert found["compared"] == 11


def test_item_added_while_comparing_is_not_missing(engine, municipality, area, monkeypatch):
    scan = engine.scan

    def late(keys=None):
        yield from scan(keys)
        Question.objects.create(title="Late", municipality=municipality, service_area=area)

    monkeypatch.setattr(engine, "scan", late)
    assert comparing.compare(engine).missing == []


def test_parked_items_are_not_missing(engine, questions):
    engine.apply([Tombstone(key_of("question", questions[0].pk), log.head())])
    ParkedItem.objects.create(reader=_name(), kind="question", item_id=questions[0].pk)
    assert comparing.compare(engine).missing == []


def _name():
    return ReaderCursor.objects.get().name


def test_dry_run_changes_nothing(engine, questions):
    engine.apply([Tombstone(key_of("question", questions[0].pk), log.head())])
    before = log.head()
    out = io.StringIO()
    call_command("search_reconcile", "--dry-run", "--json", "--engine", "embedded", stdout=out)
    row = json.loads(out.getvalue())[0]
    assert (row["missing"], row["repaired"]) == (1, 0)
    assert log.head() == before
    out = io.StringIO()
    call_command("search_reconcile", stdout=out)
    assert "1 missing" in out.getvalue()
    assert "1 repaired" in out.getvalue()


def test_versions_from_the_future_end_in_a_rebuild(engine, questions):
    engine.apply([replace(document(questions[0]), title="Stuck", version=10**9)])
    assert reconciling.reconcile(engine)["repaired"] == 1
    assert comparing.compare(engine).keys() == []
    assert held(engine, questions[0]).version <= log.head()


def test_nightly_runs_once_after_its_hour(engine, questions, settings):
    reconciling.nightly()
    assert reconciling.nightly() == 0, "tonight's is done"
    ReaderCursor.objects.update(compared=timezone.now() - timedelta(days=1, minutes=5))
    engine.apply([Tombstone(key_of("question", questions[0].pk), log.head())])
    settings.SEARCH_RECONCILE_HOUR = -1
    assert reconciling.nightly() == 0
    settings.SEARCH_RECONCILE_HOUR = 3
    assert reconciling.nightly() == 1
    assert ReaderCursor.objects.get().findings["repaired"] == 1
    assert held(engine, questions[0]).live


@pytest.mark.parametrize(("hour", "day"), [(2, 4), (3, 5), (23, 5)])
def test_last_night(settings, hour, day):
    settings.SEARCH_RECONCILE_HOUR = 3
    now = datetime(2026, 3, 5, hour, 30, tzinfo=ZoneInfo("America/Toronto"))
    assert reconciling._last_hour(now) == now.replace(day=day, hour=3, minute=0)


def test_chores_are_registered():
    assert {"reconcile", "prune the log"} <= set(chores._chores)


# Pruning


def age(days=30):
    LogEntry.objects.update(created=timezone.now() - timedelta(days=days))


def test_old_entries_that_everybody_has_read_are_pruned_but_for_the_last(engine):
    newest = log.head()
    assert pruning.prune() == 0, "not old enough"
    age()
    assert pruning.prune() > 5
    assert list(LogEntry.objects.values_list("seq", flat=True)) == [newest]
    assert pruning.prune() == 0
    assert readers.step(engine) == 0, "the reader has missed nothing"


def test_entries_that_a_reader_has_not_read_stay(engine):
    age()
    ReaderCursor.objects.create(name="elasticsearch", cursor=log.oldest())
    assert pruning.prune() == 0
    ReaderCursor.objects.filter(name="elasticsearch").update(updated=timezone.now() - timedelta(days=15))
    assert pruning.prune() > 0, "one that was not heard of for two weeks is no longer waited for"


def test_reader_that_has_missed_entries_rebuilds_its_index(engine, questions):
    behind = engine.cursor()
    questions[0].title = "Changed and pruned"
    questions[0].save()
    questions[1].save()
    LogEntry.objects.filter(seq__lt=log.head()).delete()
    assert log.oldest() > behind
    with pytest.raises(EngineMissing, match="pruned"):
        readers.step(engine)
    readers.catch_up()
    assert comparing.compare(engine).keys() == []
    assert engine.cursor() == log.head()


def test_nothing_is_pruned_while_nobody_reads(questions):
    age()
    assert pruning.prune() == 0
