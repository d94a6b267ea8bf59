"""The outbox: a change and its entry are one; nothing leaves a transaction before commit."""

import pytest
from django.db import transaction

from core import events
from core.log import Reason
from core.models import LogEntry

pytestmark = pytest.mark.django_db


def test_record_in_a_rolled_back_transaction_leaves_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(RuntimeError), transaction.atomic():
        events.record("case_study", 1)
        raise RuntimeError
    assert not LogEntry.objects.exists()
    assert callbacks == []


def test_record_sequence_grows():
    first = events.record("case_study", 1)
    second = events.record("case_study", 1, Reason.DELETE)
    assert second.seq > first.seq


def test_publishing_writes_an_entry(case_study):
    assert LogEntry.objects.filter(kind="case_study", item_id=case_study.pk).exists()


def test_draft_writes_no_entry(case_study):
    before = LogEntry.objects.count()
    case_study.title = "Only a draft"
    case_study.save_revision()
    assert LogEntry.objects.count() == before


def test_draft_leaves_the_html_that_readers_see(case_study):
    case_study.problem = "Only a draft"
    case_study.save_revision()
    case_study.refresh_from_db()
    assert "problem" not in case_study.rendered


def test_narrowed_audience_is_marked_to_be_taken_first(case_study):
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    assert LogEntry.objects.filter(item_id=case_study.pk, reason=Reason.AUDIENCE).exists()


@pytest.mark.parametrize("withdraw", ["unpublish", "delete"])
def test_withdrawn_item_is_marked_to_be_deleted(case_study, withdraw):
    pk = case_study.pk
    getattr(case_study, withdraw)()
    assert LogEntry.objects.filter(item_id=pk, kind="case_study").last().reason == Reason.DELETE
