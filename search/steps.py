"""Steps that rank besides words, as exact values.

Each step is one value, which an index looks up as it does a word: a range of numbers, or several values for one step,
would be a pass over all documents that have one.
"""

from datetime import UTC, datetime

# How often taken up makes a difference.
TAKEN_UP = (1, 3, 10)
# So many quarters of a year are looked back at: two years, and what is left of the one they began in.
QUARTERS = 9


def taken_up(adoptions: int) -> tuple[str, ...]:
    """The steps that so many adoptions have reached."""
    return tuple(str(least) for least in TAKEN_UP if adoptions >= least)


def quarter(moment: int) -> str:
    """The quarter that a moment lies in (seconds since 1970), for example "2026-4"."""
    return _name(_number(moment))


def since(moment: int) -> tuple[str, ...]:
    """The quarters since which it has happened, if it happened at this moment: its own and some before; none for 0.

    Raises ValueError for a moment that no calendar has.
    """
    own = _number(moment)
    return tuple(_name(own - back) for back in range(QUARTERS)) if moment else ()


def _number(moment: int) -> int:
    try:
        day = datetime.fromtimestamp(moment, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"no calendar has the second {moment}") from error
    return day.year * 4 + (day.month - 1) // 3


def _name(number: int) -> str:
    return f"{number // 4}-{number % 4 + 1}"
