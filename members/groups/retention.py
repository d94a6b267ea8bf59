"""Requests and invitations that nobody answered don't wait for ever."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from members.groups.models import GroupMembership, State

BATCH = 500


def forget() -> int:
    """Remove a batch of those older than `REQUESTS_KEEP_DAYS`; 0 days keeps all. Who asked may ask again."""
    if not settings.REQUESTS_KEEP_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.REQUESTS_KEEP_DAYS)
    open_ones = GroupMembership.objects.filter(state__in=[State.ASKED, State.INVITED], since__lt=before)
    return GroupMembership.objects.filter(
        pk__in=list(open_ones.values_list("pk", flat=True)[:BATCH])
    ).delete()[0]
