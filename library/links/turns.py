"""Whose turn it is: no server is asked twice within some seconds, nor while it asked for quiet."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.utils import timezone

from library.links.asking import NoAnswer, Verdict
from library.links.models import LinkHost

# When a server that asks for quiet does not say for how long; and the longest that is believed.
QUIET, LONGEST = timedelta(hours=1), timedelta(days=7)
_FORGOTTEN = timedelta(days=1)


def spacing() -> timedelta:
    """The time between two requests to one host."""
    return timedelta(seconds=settings.LINK_CHECK_HOST_SECONDS)


def take_turn(host: str, pause: Callable[[float], None] = time.sleep) -> None:
    """Wait until the host may be asked, and have it rest afterwards. Raises NoAnswer where that would take long."""
    for _ in range(3):
        now = timezone.now()
        row, _created = LinkHost.objects.get_or_create(host=host, defaults={"rests_until": now})
        # Two processes may come at the same moment: one of them changes the row.
        mine = LinkHost.objects.filter(host=host, rests_until__lte=now)
        if mine.update(rests_until=now + spacing()):
            return
        row.refresh_from_db()
        if row.rests_until > now + spacing():
            break
        pause((row.rests_until - now).total_seconds())
    raise NoAnswer(Verdict.UNKNOWN, "the server rests")


def leave_alone(host: str, said: str | None) -> timedelta:
    """Leave a host alone for as long as its Retry-After says; returns how long that is."""
    now = timezone.now()
    rest = min(max(_spoken(said, now), spacing()), LONGEST)
    LinkHost.objects.update_or_create(host=host, defaults={"rests_until": now + rest})
    return rest


def _spoken(said: str | None, now: datetime) -> timedelta:
    said = (said or "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=int(said[:9]))
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return QUIET
    return (when if timezone.is_aware(when) else timezone.make_aware(when)) - now


def forget() -> None:
    """Hosts that may be asked again need no row."""
    LinkHost.objects.filter(rests_until__lt=timezone.now() - _FORGOTTEN).delete()
