"""News leaves by mail: at once, or in digests; once each, and nothing that its reader may not see by then."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db.models import F, Min
from django.utils import timezone, translation

from members.models import Person
from notifications import letters
from notifications.inbox import actions, mails, things
from notifications.inbox.models import Delivery, News, Outcome, Pace

logger = logging.getLogger(__name__)

# So many mails leave in one go, and so many people are loaded at a time: in a storm most have had theirs.
MAILS = 200
PEOPLE = 2_000
# About one page or question somebody gets one mail in this time, however much is said there.
WINDOW = timedelta(minutes=15)
# More than so many a day become a digest.
MOST_AT_ONCE = 20


def send_due(now: datetime | None = None) -> int:
    """Mail what is due; returns how many mails left."""
    if not letters.may_leave():
        return 0
    now = now or timezone.now()
    ids = _due(now)
    return _send_all(_people(ids), now) if ids else 0


def _due(now: datetime) -> list[int]:
    """Who may have a mail coming, whoever waits longest first: nobody is passed over while others are told much.

    All of them: for some it is not the time yet, and those in front must not be in the way.
    """
    waiting = News.objects.due(now).order_by().values("person").annotate(oldest=Min("when"))
    return list(waiting.order_by("oldest", "person").values_list("person", flat=True))


def _people(ids: list[int]) -> Iterator[Person]:
    for start in range(0, len(ids), PEOPLE):
        some = ids[start : start + PEOPLE]
        found = Person.objects.in_bulk(some)
        yield from (found[pk] for pk in some if pk in found)


def _send_all(people: Iterable[Person], now: datetime) -> int:
    sent = 0
    try:
        with get_connection() as connection:
            for person in people:
                for pace, thread in _mails(person, now):
                    sent += _send(person, pace, thread, now, connection)
                if sent >= MAILS:
                    break
    except OSError as error:
        logger.warning("the mail server does not take mail: %s", error)
    return sent


def _mails(person: Person, now: datetime) -> Iterator[tuple[str, str]]:
    """Which mails somebody gets now: the pace, and for one at once the thread."""
    due = News.objects.of(person).due(now).order_by()
    for pace in (Pace.DAILY, Pace.WEEKLY):
        if due.filter(pace=pace).exists():
            yield pace, ""
    yield from _at_once(person, due.filter(pace=Pace.AT_ONCE), now)


def _at_once(person: Person, due: Any, now: datetime) -> Iterator[tuple[str, str]]:
    """One mail for each thread while the day has room; what finds none waits a day, and leaves as one mail."""
    today = Delivery.objects.filter(person=person, pace=Pace.AT_ONCE, when__gt=now - timedelta(days=1))
    room = max(MOST_AT_ONCE - today.count(), 0)
    recent = set(today.filter(when__gt=now - WINDOW, outcome=Outcome.SENT).values_list("thread", flat=True))
    threads = sorted(set(due.values_list("thread", flat=True)) - recent)
    if len(threads) > room and due.filter(when__lte=now - timedelta(days=1)).exists():
        yield Pace.AT_ONCE, ""
        return
    for thread in threads[:room]:
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
