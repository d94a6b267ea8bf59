"""Requests and invitations to join that nobody answered don't wait for ever."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from members.joining.models import Invitation, InvitationState, JoinRequest

BATCH = 500


def forget() -> int:
    """Remove a batch of those older than `REQUESTS_KEEP_DAYS`; 0 days keeps all. Who asked may ask again."""
    if not settings.REQUESTS_KEEP_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.REQUESTS_KEEP_DAYS)
    unanswered = (
        JoinRequest.objects.waiting().filter(asked__lt=before),
        Invitation.objects.filter(sent__lt=before).exclude(state=InvitationState.ACCEPTED),
    )
    return sum(_forget(each) for each in unanswered)


def _forget(old: Any) -> int:
    batch = list(old.order_by().values_list("pk", flat=True)[:BATCH])
    return int(old.model.objects.filter(pk__in=batch).delete()[0])
