"""How long a failing engine is left alone, and how long a search may wait."""

import time

import pytest

from search import deadline
from search.breaker import Breaker
from search.engines.base import EngineError


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def breaker(**options):
    clock = Clock()
    return Breaker(clock=clock, chance=lambda: 0.0, **options), clock


def test_closed_breaker_lets_everybody_try():
    one, _ = breaker()
    assert [one.may_try() for _ in range(3)] == [True, True, True]


def test_open_breaker_lets_nobody_try_until_the_pause_is_over():
    one, clock = breaker(pause=4.0)
    one.trip()
    assert one.is_open
    assert not one.may_try()
    clock.now += 4.1
    assert not one.is_open


def test_after_the_pause_a_single_one_tries():
    one, clock = breaker(pause=4.0)
    one.trip()
    clock.now += 4.1
    assert [one.may_try() for _ in range(20)] == [True] + [False] * 19
    one.succeed()
    assert [one.may_try() for _ in range(3)] == [True, True, True]


def test_one_who_tried_and_never_came_back_is_not_waited_for():
    one, clock = breaker(pause=4.0)
    one.trip()
    clock.now += 4.1
    assert one.may_try()
    clock.now += 4.1
    assert one.may_try()


def test_pauses_grow_up_to_the_longest_and_begin_anew_after_success():
    one, clock = breaker(pause=1.0, longest=5.0)
    pauses = []
    for _ in range(5):
        one.trip()
        pauses.append(one._closed_at - clock.now)
    assert pauses == [1.0, 2.0, 4.0, 5.0, 5.0]
    one.succeed()
    one.trip()
    assert one._closed_at - clock.now == 1.0


def test_pauses_differ_by_chance():
    one = Breaker(pause=10.0, longest=10.0, clock=Clock(), chance=lambda: 1.0)
    one.trip()
    assert one._closed_at - Clock.now == 12.0


def test_attempt_notes_how_it_ended():
    one, clock = breaker(pause=4.0)
    with pytest.raises(EngineError), one.attempt() as allowed:
        assert allowed
        raise EngineError
    assert one.is_open
    with one.attempt() as allowed:
        assert not allowed
    clock.now += 5
    with one.attempt() as allowed:
        assert allowed
    assert not one.is_open
    assert one.may_try()


def test_no_more_wait_at_the_same_time_than_there_are_seats():
    one, _ = breaker(seats=2)
    with one.attempt() as first, one.attempt() as second:
        started = time.monotonic()
        with one.attempt() as third:
            assert (first, second, third) == (True, True, False)
        assert time.monotonic() - started < 1
    with one.attempt() as again:
        assert again


def test_deadline_is_shared_by_all_questions():
    assert deadline.left(1.5) == 1.5
    with deadline.within(0.2):
        first = deadline.left(1.5)
        assert 0.1 < first <= 0.2
        time.sleep(0.05)
        assert deadline.left(1.5) < first - 0.04
        assert deadline.left(0.01) == 0.01
        with deadline.within(10):
            assert deadline.left(1.5) <= 0.2, "an inner block gives no more time"
        time.sleep(0.2)
        assert deadline.left(1.5) == 0.0
    assert deadline.left(1.5) == 1.5
