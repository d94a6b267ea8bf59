"""F07: a rebuild and its swap, while many search and somebody writes."""

import os
import random
import time

import pytest

from search import comparing, pool, readers
from search.engines.elastic import aliases
from search.rebuilding import rebuild
from tests.faults.world import (
    SECONDS_TO_CATCH_UP,
    Writer,
    caught_up,
    feeders,
    find,
    in_database,
    in_elasticsearch,
    threads,
    wait_until,
)

CLIENTS = 20
# FAULTS_FULL=1: as many as the list of faults says.
QUERIES = 5_000 if os.environ.get("FAULTS_FULL") == "1" else 800


@pytest.mark.parametrize("name", pool.NAMES)
def test_f07_swap_under_queries_and_writes(installation, elastic, world, name):
    # Twenty clients, the writer and the worker share one interpreter here: the wait is theirs, not the server's.
    installation.ELASTICSEARCH_URL, installation.SEARCH_TIMEOUT_SECONDS = elastic.url, 30
    engine = pool.named(name)
    writer, counts = Writer(world, seed=7), {"known": 0, "hidden": 0}

    def known(stop):
        while not stop.wait(0.2):
            page = find("beacon", engine=name, page_size=50)
            assert sorted(hit.item_id for hit in page.hits) == world.beacons, "each exactly once"
            assert page.total == len(world.beacons)
            assert not page.limited
            counts["known"] += 1

    def hidden(stop):
        while not stop.wait(0.1):
            for word in random.sample(writer.hidden, min(3, len(writer.hidden))):
                page = find(word, engine=name, verbatim=True)
                assert (page.hits, page.total) == ((), 0), f"{word} was hidden before it was asked for"
                assert all(bucket.count == 0 for facet in page.facets for bucket in facet.buckets)
                counts["hidden"] += 1

    def build(stop):
        rebuilt = 0
        while not stop.is_set() and (not rebuilt or sum(counts.values()) < QUERIES):
            rebuild(engine)
            rebuilt += 1
        counts["rebuilt"] = rebuilt

    with threads(*feeders(), writer, *[known] * (CLIENTS - 4), *[hidden] * 4, build):
        wait_until(lambda: "rebuilt" in counts, 300, "the rebuilds")
        counts["saved"] = writer.saved
    wait_until(lambda: _drained(engine), SECONDS_TO_CATCH_UP, "what was written meanwhile")
    assert counts["hidden"] > 20
    assert comparing.compare(engine).keys() == []
    if name == "elasticsearch":
        assert in_elasticsearch(elastic.url, installation.SEARCH_INDEX_PREFIX) == in_database()
        assert len(_indexes(elastic, installation)) == 1, "the old index is gone"


def _drained(engine):
    readers.feed(engine)
    return caught_up(engine)


def _indexes(elastic, installation):
    return list(elastic.call("GET", f"/{installation.SEARCH_INDEX_PREFIX}-*/_alias"))


def test_f07_crash_before_the_swap_leaves_the_old_index(installation, elastic, world):
    engine = pool.elasticsearch()
    before = _indexes(elastic, installation)
    crashed = engine.build(0)
    crashed.__enter__()
    assert len(_indexes(elastic, installation)) == 2, "as a killed rebuild leaves it"
    assert find("beacon", engine="elasticsearch").total == len(world.beacons)
    rebuild(engine)
    after = _indexes(elastic, installation)
    assert len(after) == 1, "and the next one clears it away"
    assert after != before
    assert find("beacon", engine="elasticsearch").total == len(world.beacons)


@pytest.mark.parametrize("broken", ["remove_older", "swap"])
def test_f07_crash_after_the_swap_leaves_the_new_index(installation, elastic, world, monkeypatch, broken):
    real = getattr(aliases, broken)

    def crash(*arguments):
        if broken == "swap":
            real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(aliases, broken, crash)
    engine = pool.elasticsearch()
    before = _indexes(elastic, installation)
    with pytest.raises(KeyboardInterrupt):
        rebuild(engine)
    monkeypatch.undo()
    time.sleep(1.1)
    found = find("beacon", engine="elasticsearch")
    assert found.total == len(world.beacons)
    in_use = [name for name, held in elastic.call("GET", f"/{before[0].rsplit('-', 3)[0]}-*/_alias").items()
              if engine.read_alias in held["aliases"]]  # fmt: skip
    assert len(in_use) == 1
    assert in_use != before
    rebuild(engine)
    assert len(_indexes(elastic, installation)) == 1
