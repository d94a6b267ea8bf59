"""Where and with what somebody signed in is forgotten with the session."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

BATCH = 500


def forget() -> int:
    """Remove a batch of what is known of sessions that are over."""
    kept = Session.objects.values("session_key")
    over = list(UserSession.objects.exclude(session_key__in=kept).values_list("pk", flat=True)[:BATCH])
    return int(UserSession.objects.filter(pk__in=over).delete()[0])
