"""Keeping items true: when a page is stale, and what "still true" does."""

import calendar
import datetime
from typing import Protocol

from django.conf import settings


class Verifiable(Protocol):
    """Anything that somebody can say is still true."""

    last_verified: datetime.date | None
    review_by: datetime.date | None
    first_published_at: datetime.datetime | None
    retired_on: datetime.date | None


def is_stale(item: Verifiable, today: datetime.date) -> bool:
    """Past its review date, or, without one, not verified for the months that the settings allow.

    Of what is retired nobody says that it is still true.
    """
    if item.retired_on:
        return False
    if item.review_by:
        return item.review_by < today
    published = item.first_published_at.date() if item.first_published_at else None
    seen = item.last_verified or published
    return seen is not None and months_between(seen, today) >= settings.REVIEW_AFTER_MONTHS


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from `start` to `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def months_after(start: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, last))
