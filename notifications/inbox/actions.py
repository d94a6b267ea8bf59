"""What people do about what they are told. Each is one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.audience import reader_for
from members.models import Person
from members.refusal import Refused
from notifications.inbox.followable import named
from notifications.inbox.models import Delivery, Follow, Mailbox, News, Outcome, Pace

MOST_FOLLOWS = 500
# So many refusals in a row, and the address is left alone.
REFUSALS = 3


@transaction.atomic
def follow(*, by: Person, kind: str, item_id: int) -> Follow:
    """Begin to follow a thing; twice is once. Raises LookupError for one that this person may not see."""
    if item_id not in named(kind, [item_id], reader_for(by)):
        raise LookupError(kind)
    known = Follow.objects.of(by).filter(kind=kind, item_id=item_id).first()
    if known is not None:
        return known
    if Follow.objects.of(by).count() >= MOST_FOLLOWS:
        raise Refused(_("You follow five hundred things: stop following one first."))
    return Follow.objects.get_or_create(person=by, kind=kind, item_id=item_id)[0]


@transaction.atomic
def unfollow(*, by: Person, kind: str, item_id: int) -> None:
    """Stop following; what waits to be mailed because of it is not mailed."""
    own = Follow.objects.of(by).filter(kind=kind, item_id=item_id)
    _settle(News.objects.filter(follow__in=own))
    own.delete()


@transaction.atomic
def set_pace(*, follows: Any, pace: str) -> None:
    """How soon news of these follows leaves by mail."""
    if pace == Pace.OFF:
        _settle(News.objects.filter(follow__in=follows))
    follows.update(pace=pace)


@transaction.atomic
def set_direct_pace(*, person: Person, pace: str) -> None:
    """How soon news that concerns somebody leaves by mail."""
    if pace == Pace.OFF:
        _settle(News.objects.of(person).filter(direct=True))
    Mailbox.objects.update_or_create(person=person, defaults={"pace": pace})


@transaction.atomic
def stop_all(*, person: Person) -> None:
    """No more mail about news, with one click."""
    set_pace(follows=Follow.objects.of(person), pace=Pace.OFF)
    set_direct_pace(person=person, pace=Pace.OFF)


def _settle(news: Any) -> None:
    news.filter(settled=None).update(settled=timezone.now())


def mark_read(*, by: Person, news: int | None = None) -> None:
    """Mark one piece of news as read, or all."""
    own = News.objects.of(by).unread()
    (own if news is None else own.filter(pk=news)).update(read=timezone.now())


@transaction.atomic
def resume(*, by: Person) -> None:
    """Mail goes again to an address that had refused it; what was missed is on the site."""
    Mailbox.objects.filter(person=by).update(paused=None, refusals=0)
    _settle(News.objects.of(by))


def note_sent(*, person: Person, pace: str, thread: str, count: int, now: datetime) -> None:
    """The mail server took it."""
    Delivery.objects.create(
        person=person, pace=pace, thread=thread, count=count, when=now, outcome=Outcome.SENT
    )
    Mailbox.objects.filter(person=person, refusals__gt=0).update(refusals=0)


@transaction.atomic
def note_refused(
    *, person: Person, pace: str, thread: str, count: int, now: datetime, bounced: bool = False
) -> None:
    """The address does not take mail; after a few times it gets none any more."""
    Delivery.objects.create(
        person=person, pace=pace, thread=thread, count=count, when=now,
        outcome=Outcome.BOUNCED if bounced else Outcome.REFUSED,
    )  # fmt: skip
    mailbox, _made = Mailbox.objects.get_or_create(person=person)
    mailbox.refusals += 1
    if mailbox.refusals >= REFUSALS:
        mailbox.paused = now
    mailbox.save(update_fields=["refusals", "paused"])
