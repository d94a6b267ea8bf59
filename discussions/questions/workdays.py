"""Working days in Ontario: Monday to Friday, but for its nine statutory holidays.

Nine days and their rules are little; the library that knows the holidays of every country is megabytes of them.
A holiday on a weekend is not moved to the next working day here: the most that does is to be a day early.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache

from dateutil.easter import easter

MONDAY, SATURDAY = 0, 5
ONE = datetime.timedelta(days=1)


def _nth_monday(year: int, month: int, number: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (number - 1))


def _monday_before(day: datetime.date) -> datetime.date:
    """The last Monday before a day."""
    return day - datetime.timedelta(days=(day.weekday() - MONDAY) % 7 or 7)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[datetime.date]:
    """Ontario's statutory holidays (Employment Standards Act, 2000)."""
    return frozenset(
        {
            datetime.date(year, 1, 1),
            _nth_monday(year, 2, 3),  # Family Day
            easter(year) - 2 * ONE,  # Good Friday
            _monday_before(datetime.date(year, 5, 25)),  # Victoria Day
            datetime.date(year, 7, 1),  # Canada Day
            _nth_monday(year, 9, 1),  # Labour Day
            _nth_monday(year, 10, 2),  # Thanksgiving
            datetime.date(year, 12, 25),
            datetime.date(year, 12, 26),
        }
    )


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def _days_after(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    day = start
    while day < end:
        day += ONE
        yield day


def passed(start: datetime.date, end: datetime.date) -> int:
    """How many working days came after `start`, up to and with `end`."""
    return sum(is_working_day(day) for day in _days_after(start, end))


def before(day: datetime.date, number: int) -> datetime.date:
    """The latest day after which so many working days have passed by `day`."""
    left = number
    while left > 0:
        left -= is_working_day(day)
        day -= ONE
    return day
