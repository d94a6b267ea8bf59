"""No date can be taken for another day."""

from datetime import UTC, datetime

import pytest
from django.template.defaultfilters import date
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "Nov. 12, 2026", "Nov. 12, 2026, 5:40 a.m."),
        ("fr", "12 nov. 2026", "12 nov. 2026 05:40"),
    ],
)
def test_a_short_date_names_its_month(language, day, moment):
    when = datetime(2026, 11, 12, 5, 40, tzinfo=UTC)
    with override(language):
        assert date(when, "SHORT_DATE_FORMAT") == day
        assert date(when, "SHORT_DATETIME_FORMAT") == moment
