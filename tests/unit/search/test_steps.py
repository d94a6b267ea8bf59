"""Steps that rank besides words."""

from datetime import UTC, datetime

import pytest

from search import steps


def _second(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("adoptions", "reached"), [(0, ()), (1, ("1",)), (2, ("1",)), (3, ("1", "3")), (40, ("1", "3", "10"))]
)
def test_each_number_of_adoptions_reaches_all_steps_up_to_it(adoptions, reached):
    assert steps.taken_up(adoptions) == reached


def test_quarters_reach_back_over_the_turn_of_a_year():
    first, *before = steps.since(_second(2026, 1, 1))
    assert first == steps.quarter(_second(2026, 3, 31)) == "2026-1"
    assert before[:2] == ["2025-4", "2025-3"]
    assert before[-1] == "2024-1"


def test_what_never_happened_has_no_quarter():
    assert steps.since(0) == ()


@pytest.mark.parametrize("moment", [2**63, 10**13])
def test_moment_without_a_calendar_is_refused_with_its_number(moment):
    with pytest.raises(ValueError, match=str(moment)):
        steps.since(moment)
