"""Asking whether stale items are still true: those who answer for them first, then the contact mailbox."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from core.happenings import happened
from library import care
from library.models import Reminder
from library.registry import kinds
from members.mail import absolute, send_later
from members.roles.models import Role, RoleGrant

if TYPE_CHECKING:
    from library.items import LibraryPage

BATCH = 50
# Whoever does not answer is asked again after so long, and the mailbox in between.
AGAIN = datetime.timedelta(days=60)
PATIENCE = datetime.timedelta(days=14)


def ask_around() -> int:
    """Ask about some of the items that became stale; returns about how many somebody was asked."""
    today = timezone.localdate()
    return sum(_ask(item, today) for item in _unasked(today)) + sum(
        _escalate(item, today) for item in _silent(today)
    )


def _unasked(today: datetime.date) -> Iterator["LibraryPage"]:
    for model in kinds().values():
        stale = model.objects.live().stale(today)
        yield from stale.exclude(reminder__told__gt=today - AGAIN).select_related("municipality")[:BATCH]


def _silent(today: datetime.date) -> Iterator["LibraryPage"]:
    waiting = Reminder.objects.filter(told__lte=today - PATIENCE, mailbox_told=None).values("page")
    for model in kinds().values():
        yield from model.objects.live().stale(today).filter(pk__in=waiting)[:BATCH]


@transaction.atomic
def _ask(item: "LibraryPage", today: datetime.date) -> int:
    Reminder.objects.update_or_create(page_id=item.pk, defaults={"told": today, "mailbox_told": None})
    happened("item.stale", item.kind, item.pk, to=_responsible(item))
    return 1


def _responsible(item: "LibraryPage") -> set[int]:
    """Its author, if they are still there, and the publishers of its municipality."""
    grants = RoleGrant.objects.in_force().filter(municipality=item.municipality_id)
    publishers = set(grants.filter(role=Role.PUBLISHER).values_list("person", flat=True))
    author = grants.filter(person=item.owner_id).values_list("person", flat=True)
    return publishers | set(author)


@transaction.atomic
def _escalate(item: "LibraryPage", today: datetime.date) -> int:
    """The author and the publishers were silent: the contact mailbox outlives a job."""
    Reminder.objects.filter(page=item.pk).update(mailbox_told=today)
    if not item.contact_mailbox:
        return 1
    with translation.override(item.language):
        context: dict[str, Any] = {
            "title": item.title,
            "page_url": absolute(item.get_url() or ""),
            "link": absolute(reverse("library:still_true_link", args=[care.link_token(item)])),
            "days": care.LINK_DAYS,
        }
    send_later("library/mail/still_true", item.contact_mailbox, item.language, context)
    return 1
