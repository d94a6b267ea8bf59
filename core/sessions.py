"""Sessions that are over leave the database."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


def tidy() -> int:
    """Remove what nobody can use any more; returns 0, for there is nothing left to do at once."""
    if Session.objects.filter(expire_date__lt=timezone.now()).exists():
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0
