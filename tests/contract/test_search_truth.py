"""What every engine must do so that its index stays true: refuse, remember, show what it holds."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.documents import Tombstone, digest
from search.engines.base import Engine, EngineBusy, EngineError
from search.plan import build_plan
from search.values import SearchRequest
from tests.contract.search_documents import LIBRARY, PUBLIC, ask, document, fill, ids
from tests.contract.search_engines import ENGINES, new_engine

# One byte more than Lucene takes as a term.
TOO_LONG = "é" * 16_384


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path) -> Iterator[Engine]:
    """An engine without an index, to be written to."""
    engine = new_engine(request.param, tmp_path)
    yield engine
    engine.destroy()


def poison(item_id: int, **fields):
    return document(item_id, "Poison", facets={"tag": (TOO_LONG,)}, **fields)


POISON = [
    poison(2, version=3),
    document(2, "Poison", published=2**63, version=3),
    document(2, "Poison", display={"when": object()}, version=3),
    document(2, "Poison", labels=(TOO_LONG,), version=3),
]


@pytest.mark.parametrize("bad", POISON, ids=["long", "number", "object", "label"])
def test_poison_is_refused_alone(engine, bad):
    fill(engine, [])
    rejected = engine.apply([document(1, "Good", version=3), bad, document(3, "Fine", version=3)], cursor=3)
    assert [each.key for each in rejected] == ["case_study:2"]
    assert rejected[0].reason
    assert set(ids(ask(engine))) == {1, 3}
    assert engine.cursor() == 0, "the cursor waits until somebody has noted what was refused"


def test_poison_of_several_kinds_in_one_batch(engine):
    fill(engine, [])
    bad = [
        replace(each, item_id=number, key=f"case_study:{number}") for number, each in enumerate(POISON, 10)
    ]
    good = [document(number, "Good", version=3) for number in range(1, 6)]
    rejected = engine.apply([good[0], *bad[:2], *good[1:4], *bad[2:], good[4]])
    assert {each.key for each in rejected} == {each.key for each in bad}
    assert set(ids(ask(engine))) == {1, 2, 3, 4, 5}


def test_poison_in_a_rebuild_is_refused_alone(engine):
    with engine.build(0) as building:
        refused = [*building.add([document(1, "Good"), poison(2)]), *building.flush()]
        assert [each.key for each in refused] == ["case_study:2"]
        assert [each.key for each in building.apply([poison(3)], 4)] == ["case_study:3"]
    assert ids(ask(engine)) == [1]


def test_longest_value_is_taken(engine):
    fill(engine, [document(1, "Good", facets={"tag": (TOO_LONG[:-1],)})])
    assert ids(ask(engine)) == [1]


def test_marks_stay_with_the_index_they_were_made_for(engine):
    fill(engine, [document(1, "Old", version=1)], cursor=5)
    feed = engine.feed()
    feed.remember(urgent=9)
    assert (engine.feed().cursor, engine.feed().urgent) == (5, 9)
    fill(engine, [document(1, "New", version=6)], cursor=6)
    with pytest.raises(EngineError) if engine.name == "elasticsearch" else _nothing():
        feed.remember(cursor=20)
    assert (engine.feed().cursor, engine.feed().urgent) == (6, 0)


def test_late_write_to_a_replaced_index_brings_nothing_back(engine):
    fill(engine, [document(1, "Old", version=1)])
    feed = engine.feed()
    fill(engine, [document(1, "New", version=6)], cursor=6)
    with pytest.raises(EngineError) if engine.name == "elasticsearch" else _nothing():
        feed.apply([document(2, "Late", version=7)])
    assert [hit.title for hit in ask(engine).hits] == ["New"]
    if engine.name == "elasticsearch":
        assert len(engine._clients.plain.indices.get(index=f"{engine.prefix}-*", features="aliases")) == 1


class _nothing:
    def __enter__(self):
        return None

    def __exit__(self, *_):
        return False


def test_index_that_is_behind_the_fence_does_not_answer(engine):
    fill(engine, [document(1, "Narrowed meanwhile")], cursor=5)
    plan = build_plan(SearchRequest(), PUBLIC)
    assert engine.search(replace(plan, heard=5)).total == 1
    with pytest.raises(EngineError, match="further behind"):
        engine.search(replace(plan, heard=6))


def test_scan_shows_everything_that_is_held(engine):
    fill(engine, LIBRARY, cursor=4)
    engine.apply([Tombstone("case_study:1", 7), replace(LIBRARY[3], labels=("public",), version=8)])
    held = {each.key: each for each in engine.scan()}
    assert set(held) == {each.key for each in LIBRARY}, "and the cursor is no document"
    assert (held["case_study:1"].live, held["case_study:1"].version) == (False, 7)
    assert held["case_study:4"].labels == {"public"}
    assert held["case_study:4"].digest == digest(replace(LIBRARY[3], labels=("public",)))
    assert held["playbook:6"].digest == digest(LIBRARY[5])
    assert [each.key for each in engine.scan(["case_study:2"])] == ["case_study:2"]
    assert list(engine.scan(["case_study:99"])) == []


def test_scan_is_complete_beyond_one_page(engine):
    fill(engine, [document(number, f"Number {number}") for number in range(1, 2_302)])
    assert len({each.key for each in engine.scan()}) == 2_301


def test_digest_tells_what_is_said_and_not_when():
    one = LIBRARY[0]
    assert digest(one) == digest(replace(one, version=9))
    assert digest(one) == digest(replace(one, facets=dict(reversed(one.facets.items()))))
    different = [replace(one, title="x"), replace(one, labels=("members",)), replace(one, published=1)]
    assert len({digest(each) for each in (one, *different)}) == 4


# Duplicates and order (F10)


def test_versions_in_any_order_from_many_writers(engine):
    fill(engine, [])
    states = [
        [document(number, f"v{version}", version=version) for version in (1, 2, 3)] for number in range(1, 21)
    ]
    gone = [Tombstone(f"case_study:{number}", 4) for number in range(1, 6)]
    jobs = [[each[index] for each in states] for index in (2, 0, 1, 2)]
    jobs.insert(1, gone)
    threads = [threading.Thread(target=_apply, args=(engine, job)) for job in (*jobs, *reversed(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    result = ask(engine, page_size=100)
    assert sorted(ids(result)) == list(range(6, 21)), "what is deleted never comes back"
    assert {hit.title for hit in result.hits} == {"v3"}
    held = {each.key: each.version for each in engine.scan()}
    assert held == {f"case_study:{number}": 4 if number < 6 else 3 for number in range(1, 21)}


def _apply(engine, changes):
    for _ in range(200):
        try:
            engine.apply(changes)
        except EngineBusy:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("the other writers never gave way")
