"""Faults while an index is written to: F01, F05, F06, F10, F11."""

import logging
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from core.log import LogEntry
from discussions.models import Question
from search import comparing, log, parked, pool, readers, state
from search.kinds import question as question_kind
from search.models import ParkedItem, ReaderCursor
from tests.faults.world import (
    SECONDS_TO_CATCH_UP,
    Writer,
    caught_up,
    feeders,
    find,
    in_database,
    in_elasticsearch,
    mention,
    threads,
    wait_until,
)


def assert_equal_to_database(elastic, installation):
    """Every item, its words and its audience, from the server itself; and nothing twice."""
    assert in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX) == in_database()
    for engine in pool.engines():
        assert comparing.compare(engine).keys() == []


def test_f01_killed_during_bulk_indexing(installation, elastic, world):
    engine = pool.elasticsearch()
    writer, answers = Writer(world), []

    def search(stop):
        while not stop.wait(1.0):
            answers.append(find("beacon", filters={"kind": ("question",)}))

    before = engine.cursor()
    mention(world.ids)
    total, recovered = log.head() - before, []
    with threads(*feeders(), writer, *[search] * 10):
        for share in (0.1, 0.5, 0.9):
            wait_until(
                lambda share=share: _cursor(engine) - before >= share * total, 120, f"{share:.0%} indexed"
            )
            elastic.kill()
            time.sleep(3)
            assert any(reader.lag for reader in state.states()), "administrators see the lag"
            elastic.resume()
            recovered.append(log.head())
        wait_until(lambda: engine.cursor() >= recovered[-1], SECONDS_TO_CATCH_UP, "the queue drains")
    wait_until(lambda: _drained(), SECONDS_TO_CATCH_UP, "the rest")
    assert writer.saved > 20, "saving never stopped"
    assert {len(page.hits) for page in answers} == {10}, "searching never stopped"
    assert any(page.limited for page in answers)
    assert_equal_to_database(elastic, installation)


def _cursor(engine):
    try:
        return engine.feed().cursor
    except Exception:
        return 0


def _drained():
    readers.tick()
    return all(caught_up(engine) for engine in pool.engines())


def test_f05_read_only_index_keeps_everything_and_alarms(installation, elastic, world, caplog):
    engine, cursor = pool.elasticsearch(), pool.elasticsearch().cursor()
    pattern = f"/{installation.SEARCH_INDEX_PREFIX}-*/_settings"
    elastic.call("PUT", pattern, {"index.blocks.read_only_allow_delete": True})
    writer = Writer(world, seed=5, pause=0.05)
    with threads(*feeders(), writer), caplog.at_level(logging.ERROR):
        wait_until(
            lambda: [reader for reader in state.states() if "read-only" in reader.trouble], 60, "an alarm"
        )
        time.sleep(4)
        assert any("read-only" in alarm for reader in state.states() for alarm in reader.alarms)
        assert "could not be fed" in caplog.text
        assert engine.feed().cursor == cursor, "nothing is passed over"
        assert not ParkedItem.objects.exists(), "no item is to blame"
        assert pool.embedded().cursor() > cursor, "the other index goes on"
        elastic.call("PUT", pattern, {"index.blocks.read_only_allow_delete": None})
        target = log.head()
        wait_until(lambda: engine.feed().cursor >= target, SECONDS_TO_CATCH_UP, "all is applied")
    wait_until(_drained, SECONDS_TO_CATCH_UP, "the rest")
    assert not any(reader.trouble for reader in state.states())
    assert_equal_to_database(elastic, installation)


def test_f06_poison_is_parked_and_holds_up_nobody(installation, elastic, world, monkeypatch):
    poison = Question.objects.get(pk=world.ids[40])
    made, attempts = question_kind._document, []

    def poisoned(question):
        document = made(question)
        if question.pk != poison.pk:
            return document
        attempts.append(time.monotonic())
        return replace(document, facets={**document.facets, "tag": ("x" * 40_000,)})

    monkeypatch.setattr(question_kind, "_document", poisoned)
    monkeypatch.setattr(parked, "PAUSES", tuple(timedelta(seconds=0.3 * 2**n) for n in range(5)))
    poison.audience = "members"
    poison.save()
    mention(world.ids[:200])
    rows = ParkedItem.objects.filter(item_id=poison.pk)
    with threads(*feeders()):
        wait_until(lambda: all(map(caught_up, pool.engines())), SECONDS_TO_CATCH_UP, "the others")
        assert rows.count() == len(pool.engines()), "each index refuses it, each in its own time"
        wait_until(lambda: not rows.exclude(due=None).exists(), 60, "given up")
        given_up = len(attempts)
        time.sleep(2)
        assert len(attempts) == given_up, "nobody tries any more"
    assert {row.attempts for row in rows} == {6}, "the first attempt and five more"
    assert "immense term" in rows.get(reader="elasticsearch").error
    assert "32766 bytes" in rows.exclude(reader="elasticsearch").get().error
    truth = in_database()
    del truth[f"question:{poison.pk}"]
    assert in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX) == truth, (
        "and it has left the index"
    )
    monkeypatch.setattr(question_kind, "_document", made)
    poison.title = "Healed"
    poison.save()
    wait_until(_drained, SECONDS_TO_CATCH_UP, "a change tries again")
    assert not ParkedItem.objects.exists()
    assert_equal_to_database(elastic, installation)


def test_f10_several_workers_in_any_order(installation, elastic, world):
    engine = pool.elasticsearch()
    pks = world.ids[100:130]

    def step_without_lock(stop):
        while not stop.is_set():
            readers.advance(engine)

    def edit(stop):
        for number in range(3):
            for pk in pks:
                Question.objects.get(pk=pk).delete() if number == 2 and pk % 3 == 0 else _edit(pk, number)
        wait_until(lambda: caught_up(engine), SECONDS_TO_CATCH_UP, "all is read")

    with threads(*[step_without_lock] * 4):
        edit(threading.Event())
    # Everything once more, the newest first.
    for pk in reversed(pks):
        mention([pk])
    wait_until(_drained, SECONDS_TO_CATCH_UP, "the repetition")
    world.ids = [pk for pk in world.ids if pk not in pks or pk % 3]
    assert_equal_to_database(elastic, installation)


def _edit(pk, number):
    question = Question.objects.get(pk=pk)
    question.title = f"Version {number}"
    question.save()


def test_f11_rolled_back_change_leaves_no_trace(installation, elastic, world):
    newest, before = log.head(), in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX)
    question = Question.objects.get(pk=world.ids[0])
    with pytest.raises(RuntimeError), transaction.atomic():
        question.title = "Never happened"
        question.audience = "members"
        question.save()
        Question.objects.filter(pk=world.ids[1]).first().delete()
        raise RuntimeError
    assert not LogEntry.objects.filter(seq__gt=newest).exists()
    assert not readers.tick()
    assert in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX) == before == in_database()
    assert ReaderCursor.objects.get(name="elasticsearch").cursor == newest
