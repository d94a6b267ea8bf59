"""What an index has wrong, or has not heard of yet: F08, F30, F34."""

import logging
import random
import resource
import time

import pytest

from core.log import Reason
from discussions.models import Question
from search import log, pool, readers, reconciling, state
from search.documents import key_of
from tests.faults.world import (
    SECONDS_TO_CATCH_UP,
    caught_up,
    feeders,
    find,
    in_database,
    in_elasticsearch,
    mention,
    threads,
    wait_until,
)

# The list of faults says so of 10,000 items.
SECONDS_FOR_10_000 = 60
SECONDS_FOR_URGENT = 5


@pytest.mark.parametrize("engine", pool.NAMES)
def test_f08_narrowed_while_the_index_is_frozen(installation, elastic, world, engine):
    """Nobody feeds the index, and it shows nobody what is new: hits, totals, facets, spelling."""
    pattern = f"/{installation.SEARCH_INDEX_PREFIX}-*/_settings"
    narrowed = world.add("Zymurgical xylophones")
    wait_until(_drained, SECONDS_TO_CATCH_UP, "it is found")
    elastic.call("PUT", pattern, {"index.refresh_interval": "-1"})
    try:
        before = find("", engine=engine, filters={"kind": ("question",)})
        assert find("xylophones", engine=engine).total == 1
        assert find("xylophnoes", engine=engine).request.text == "xylophones", "its words are suggested"
        narrowed.audience = "municipality"
        narrowed.save()
        for text in ("xylophones", '"zymurgical xylophones"', "xylophnoes"):
            page = find(text, engine=engine)
            assert (page.hits, page.total) == ((), 0)
            assert (page.request.text, page.original, page.suggestion) == (text, "", "")
            assert all(bucket.count == 0 for facet in page.facets for bucket in facet.buckets)
        after = find("", engine=engine, filters={"kind": ("question",)})
        assert after.total == before.total - 1
        assert _counts(after, "municipality") == _counts(before, "municipality") - 1
    finally:
        elastic.call("PUT", pattern, {"index.refresh_interval": "1s"})
        narrowed.delete()
        wait_until(_drained, SECONDS_TO_CATCH_UP, "the rest")


def _counts(page, name):
    return sum(bucket.count for facet in page.facets if facet.name == name for bucket in facet.buckets)


def _drained():
    readers.tick()
    return all(caught_up(engine) for engine in pool.engines())


def test_f30_fifty_documents_changed_by_hand(installation, elastic, world, caplog):
    engine = pool.elasticsearch()
    wait_until(_drained, SECONDS_TO_CATCH_UP, "a quiet start")
    # Only of those that everybody may see; other tests have narrowed some.
    public = sorted(Question.objects.filter(audience="public", pk__in=world.ids).values_list("pk", flat=True))
    chosen = random.Random(30).sample(public, 45)
    hidden = chosen[:5]
    for question in Question.objects.filter(pk__in=hidden):
        question.audience = "municipality"
        question.save()
    wait_until(_drained, SECONDS_TO_CATCH_UP, "five hidden items")
    index = engine.feed()._index
    for pk in hidden:
        _update(elastic, index, pk, {"labels": ["public"]})
    for pk in chosen[5:15]:
        _update(elastic, index, pk, {"labels": ["members"]})
    for pk in chosen[15:30]:
        _update(elastic, index, pk, {"title_en": "Changed by hand", "facet_stage": ["pilot"]})
    for pk in chosen[30:45]:
        elastic.call("DELETE", f"/{index}/_doc/{key_of('question', pk)}")
    for pk in range(9_000_001, 9_000_006):
        stranger = {
            "key": key_of("question", pk),
            "state": "live",
            "labels": ["public"],
            "facet_kind": ["question"],
        }
        elastic.call("PUT", f"/{index}/_doc/{key_of('question', pk)}", stranger)
    elastic.call("POST", f"/{index}/_refresh")
    with caplog.at_level(logging.ERROR, logger="search.reconciling"):
        found = reconciling.reconcile(engine)
    assert {name: found[name] for name in ("missing", "superfluous", "mislabelled", "stale")} == {
        "missing": 15, "superfluous": 5, "mislabelled": 15, "stale": 15,
    }  # fmt: skip
    assert found["leaks"] == 10
    assert "shows more than it may" in caplog.text
    assert found["repaired"] == 50
    assert in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX) == in_database()
    again = reconciling.reconcile(engine)
    assert again["compared"] == found["compared"] + 15 - 5
    assert not any(again[name] for name in ("missing", "superfluous", "mislabelled", "stale"))
    seconds = again["seconds"] / again["compared"] * 10_000
    assert seconds < SECONDS_FOR_10_000


def _update(elastic, index, pk, fields):
    elastic.call("POST", f"/{index}/_update/{key_of('question', pk)}", {"doc": fields})


@pytest.mark.parametrize("backlog", [49_000, 60_000], ids=["queue", "rebuild"])
def test_f34_urgent_changes_overtake_a_backlog(installation, elastic, world, backlog):
    """With 49,000 entries the reader goes through them; with 60,000 it builds the index anew."""
    wait_until(_drained, SECONDS_TO_CATCH_UP, "a quiet start")
    narrowed, deleted = Question.objects.filter(pk__in=world.ids[500:502])
    mention((world.ids * (backlog // len(world.ids) + 1))[: backlog // 2])
    narrowed.audience = "members"
    narrowed.save()
    mention((world.ids * (backlog // len(world.ids) + 1))[: backlog - backlog // 2])
    key = key_of("question", deleted.pk)
    world.ids.remove(deleted.pk)
    deleted.delete()
    keys = [key_of("question", narrowed.pk), key]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert {reader.lag >= backlog for reader in state.states()} == {True}
    with threads(*feeders()):
        took = {
            engine.name: wait_until(
                lambda engine=engine: _heard(engine, keys), 30, f"{engine.name} has heard"
            )
            for engine in pool.engines()
        }
        lag = max(reader.lag for reader in state.states())
        assert lag > 0, "and the queue is still there"
        time.sleep(5)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert max(took.values()) < SECONDS_FOR_URGENT
    assert grown < 150, "megabytes"
    for engine in pool.engines():
        reconciled = log.head()
        engine.feed().remember(cursor=reconciled)
        assert reconciling.reconcile(engine)["leaks"] == 0
    mention([narrowed.pk], Reason.AUDIENCE)
    wait_until(_drained, SECONDS_TO_CATCH_UP, "the end")


def _heard(engine, keys):
    held = {each.key: each for each in engine.scan(keys)}
    narrowed, deleted = (held.get(key) for key in keys)
    return narrowed and narrowed.labels == {"members"} and (deleted is None or not deleted.live)
