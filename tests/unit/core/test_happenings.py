"""What happened is written with the deed, in order, and forgotten in time."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.happenings import Happening, happened, prune
from notifications.inbox import retention, telling
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_deed_that_is_rolled_back_has_not_happened():
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        happened("comment.added", "comment", 1)
        raise ValueError("no")
    assert not Happening.objects.exists()


def test_whom_it_concerns_is_named_once_and_who_did_it_outlives_the_account():
    pat = factories.make_person("pat@example.org")
    row = happened("comment.added", "comment", 7, by=pat, to=[3, 1, 3])
    assert row.to == [1, 3]
    pat.delete()
    row.refresh_from_db()
    assert (row.by, row.verb, row.kind, row.item_id) == (None, "comment.added", "comment", 7)


def test_what_is_old_is_forgotten_and_nothing_before_people_heard_of_it(settings):
    settings.LOG_KEEP_DAYS = 3
    old, untold, new = (happened("x.y", "comment", number) for number in (1, 2, 3))
    long_ago = timezone.now() - timedelta(days=4)
    Happening.objects.filter(pk__in=[old.pk, untold.pk]).update(when=long_ago)
    assert prune(told=old.pk) == 1
    assert list(Happening.objects.all()) == [untold, new]


def test_the_worker_forgets_only_what_it_told(settings):
    settings.LOG_KEEP_DAYS = 3
    happened("x.y", "comment", 1)
    Happening.objects.update(when=timezone.now() - timedelta(days=4))
    assert retention.prune_happenings() == 0
    telling.tell()
    assert retention.prune_happenings() == 1
