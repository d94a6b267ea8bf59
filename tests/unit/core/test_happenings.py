"""What happened is written with the deed, in order, and forgotten in time."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.happenings import Happening, happened, prune
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


def test_what_is_old_is_forgotten(settings):
    settings.LOG_KEEP_DAYS = 3
    old, new = happened("x.y", "comment", 1), happened("x.y", "comment", 2)
    Happening.objects.filter(pk=old.pk).update(when=timezone.now() - timedelta(days=4))
    assert prune() == 1
    assert Happening.objects.get() == new
