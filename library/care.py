"""“Still true”: somebody who answers for an item says so, in one click. An act of its own, and not an edit."""

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.events import record
from core.happenings import happened
from library.lifecycle import months_after
from library.models import Reminder
from library.registry import kinds
from members.models import Person
from members.refusal import Refused
from members.roles import rules

if TYPE_CHECKING:
    from library.items import LibraryPage

# So that what was published on one day does not all come up for review on one.
SPREAD_DAYS = 60
# How long the link in a mail to a contact mailbox counts.
LINK_DAYS = 60
_SALT = "library.care"
# What is said of a page when it is retired.
RETIRED = ("retired_on", "retired_why", "see_instead_id")


def may_verify(person: Any, item: "LibraryPage") -> bool:
    """Whether somebody may say that an item is still true: its author, its publishers, administrators.

    Asks the database nothing for whoever asks: every page of an item asks it.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    here = any(grant.municipality_id == item.municipality_id for grant in rules.roles_of(person))
    author = here and item.owner_id == person.pk
    return person.is_superuser or author or rules.is_publisher_of(person, item.municipality)


@transaction.atomic
def verify(*, by: Person, item: "LibraryPage") -> None:
    """Say that an item is still true today; its next review lies a while ahead. Twice a day is once.

    The page as readers see it changes, no draft does: a draft keeps what was said meanwhile when it is published.
    """
    model: Any = type(item)
    fresh = model.objects.select_for_update().get(pk=item.pk)
    if not may_verify(Person.objects.get(pk=by.pk), fresh):
        raise Refused(
            _("Only its author and the publishers of its municipality say that a page is still true.")
        )
    if fresh.retired_on:
        raise Refused(_("This page is retired. Use it again first, if it is still true."))
    _say(fresh, by)


def _say(item: "LibraryPage", by: Person | None) -> None:
    today = timezone.localdate()
    if item.last_verified == today and not item.is_stale:
        return
    model: Any = type(item)
    model.objects.filter(pk=item.pk).update(last_verified=today, review_by=next_review(item, today))
    Reminder.objects.filter(page=item.pk).delete()
    log(instance=item, action="item.verify", user=by)
    record(item.kind, item.pk)
    happened("item.verified", item.kind, item.pk, by=by)


@transaction.atomic
def verify_for_mailbox(token: str) -> "LibraryPage":
    """The contact mailbox says that its item is still true. Raises LookupError for a link that does not count."""
    item = of_link(token)
    model: Any = type(item)
    fresh: LibraryPage = model.objects.select_for_update().get(pk=item.pk)
    if fresh.retired_on:
        raise LookupError(token)
    _say(fresh, None)
    return fresh


def link_token(item: "LibraryPage") -> str:
    """What the address in a mail to the contact mailbox carries."""
    return signing.TimestampSigner(salt=_SALT).sign_object([item.pk, item.contact_mailbox])


def of_link(token: str) -> "LibraryPage":
    """The live item that a link is about.

    Raises LookupError: forged, too old, the mailbox is another one now, or the item is retired.
    """
    try:
        pk, mailbox = signing.TimestampSigner(salt=_SALT).unsign_object(token, max_age=LINK_DAYS * 86_400)
    except (signing.BadSignature, ValueError) as error:
        raise LookupError(token) from error
    for model in kinds().values():
        item: LibraryPage | None = (
            model.objects.live().in_use().filter(pk=pk, contact_mailbox=mailbox).first()
        )
        if item is not None:
            return item
    raise LookupError(token)


def next_review(item: "LibraryPage", today: datetime.date) -> datetime.date:
    """When somebody should look again."""
    return months_after(today, settings.REVIEW_AFTER_MONTHS) + datetime.timedelta(days=item.pk % SPREAD_DAYS)


def keep_said(draft: "LibraryPage") -> None:
    """What was said of the live page after a draft was begun holds for the draft, too.

    Asked of the database: whoever publishes may have read the page long before.
    """
    model: Any = type(draft)
    columns = ("last_verified", "review_by", *RETIRED)
    stored = model.objects.filter(pk=draft.pk).values_list(*columns).first()
    if stored is None:
        return
    verified, review_by, *retired = stored
    if verified and (draft.last_verified is None or draft.last_verified < verified):
        draft.last_verified, draft.review_by = verified, review_by
    # Retired or not is never a draft's to say.
    for name, value in zip(RETIRED, retired, strict=True):
        setattr(draft, name, value)


def write_said(page: "LibraryPage") -> None:
    """Write what an import says of a page's retirement, which no revision can say."""
    model: Any = type(page)
    model.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in RETIRED})
