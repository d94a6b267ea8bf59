"""News leaves by mail: at once, or in digests; once each, and nothing that its reader may not see by then."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone, translation

from members.models import Person
from notifications import letters
from notifications.inbox import actions, mails, things
from notifications.inbox.models import Delivery, News, Outcome, Pace

logger = logging.getLogger(__name__)

PEOPLE = 200
# About one page or question somebody gets one mail in this time, however much is said there.
WINDOW = timedelta(minutes=15)
# More than so many a day become a digest.
MOST_AT_ONCE = 20


def send_due(now: datetime | None = None) -> int:
    """Mail what is due; returns how many mails left."""
    if not letters.may_leave():
        return 0
    now = now or timezone.now()
    due = News.objects.due(now).order_by().values_list("person", flat=True).distinct()[:PEOPLE]
    people = Person.objects.filter(pk__in=list(due))
    return _send_all(people, now) if people else 0


def _send_all(people: Iterable[Person], now: datetime) -> int:
    sent = 0
    try:
        with get_connection() as connection:
            for person in people:
                sent += sum(
                    _send(person, pace, thread, now, connection) for pace, thread in _mails(person, now)
                )
    except OSError as error:
        logger.warning("the mail server does not take mail: %s", error)
    return sent


def _mails(person: Person, now: datetime) -> Iterator[tuple[str, str]]:
    """Which mails somebody gets now: the pace, and for one at once the thread."""
    due = News.objects.of(person).due(now).order_by()
    for pace in (Pace.DAILY, Pace.WEEKLY):
        if due.filter(pace=pace).exists():
            yield pace, ""
    at_once = due.filter(pace=Pace.AT_ONCE)
    today = Delivery.objects.filter(person=person, pace=Pace.AT_ONCE, when__gt=now - timedelta(days=1))
    if today.count() >= MOST_AT_ONCE:
        if at_once.filter(when__lte=now - timedelta(days=1)).exists():
            yield Pace.AT_ONCE, ""
        return
    recent = set(today.filter(when__gt=now - WINDOW, outcome=Outcome.SENT).values_list("thread", flat=True))
    for thread in sorted(set(at_once.values_list("thread", flat=True)) - recent):
        yield Pace.AT_ONCE, thread


def _send(person: Person, pace: str, thread: str, now: datetime, connection: Any) -> int:
    """One mail; 1 if it left."""
    rows = News.objects.of(person).with_pace().waiting(now).filter(pace=pace)
    mine = list((rows.filter(thread=thread) if thread else rows).values_list("pk", flat=True))
    # Claimed before the mail leaves: another process leaves it alone, and a death in between costs one duplicate.
    if not News.objects.filter(pk__in=mine).waiting(now).claim(now):
        return 0
    claimed = News.objects.filter(pk__in=mine, claimed=now, settled=None)
    with translation.override(mails.language_of(person)):
        told = things.told_to(person, list(claimed.select_related("follow").order_by("when", "pk")))
    # What is hidden by now is news no more: it is not counted as unread either.
    claimed.exclude(pk__in=[news.pk for news, _ in told]).delete()
    if not told:
        return 0
    mail = mails.compose(person, told)
    mail.connection = connection
    noted: dict[str, Any] = {"person": person, "pace": pace, "thread": thread, "count": len(told), "now": now}
    try:
        mail.send()
    except letters.REFUSED as error:
        logger.warning("mail to person %d was refused: %s", person.pk, error)
        claimed.update(tries=F("tries") - 1)
        actions.note_refused(**noted)
        return 0
    except OSError:
        claimed.update(claimed=None, tries=F("tries") - 1)
        raise
    claimed.update(settled=now)
    actions.note_sent(**noted)
    return 1
