"""Links for reading a draft without an account: sent, opened, answered, revoked."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from authoring import access, drafts
from authoring.clearance import mails
from authoring.models import Answer, Draft, PreviewLink, Purpose
from core.happenings import happened
from discussions.moderation import guard
from library.models import LibraryPage
from library.versions import version_of
from members.models import Person
from members.refusal import Refused
from members.roles import rules

DAYS = (7, 14, 30)
MOST_OPEN = 10
MOST_A_DAY = 20
_SALT = "authoring.clearance"


def token_of(link: PreviewLink) -> str:
    """The signed address of a link; it is in one mail and nowhere else."""
    return signing.Signer(salt=_SALT).sign(link.key.hex)


def of_token(token: str) -> PreviewLink | None:
    """The link that a token was signed for, whether it still works or not; None for one that never was."""
    try:
        key = UUID(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("page", "asked_by").filter(key=key).first()


@transaction.atomic
def ask(
    *, by: Person, page: LibraryPage, key: UUID, name: str, email: str, language: str, days: int
) -> PreviewLink:
    """Send somebody without an account a link to the draft. The same key again sends nothing. Raises Refused."""
    draft = drafts.locked(page.pk)
    if not access.may_edit(Person.objects.get(pk=by.pk), draft):
        raise Refused(_("You may not change this page any more. Copy what you typed before you leave."))
    known = PreviewLink.objects.filter(key=key, page_id=page.pk).first()
    if known is not None:
        return known
    if days not in DAYS:
        raise Refused(_("Choose how long the link works."))
    return _send(draft, by, Purpose.CLEARANCE, key=key, name=name, email=email, language=language, days=days)


@transaction.atomic
def ask_author(*, by: Person, page: LibraryPage) -> PreviewLink:
    """Send the author the link by which they confirm what a coordinator wrote down. Raises Refused."""
    draft = drafts.locked(page.pk)
    record = drafts.record_of(draft)
    if not access.may_edit(Person.objects.get(pk=by.pk), draft) or not record.awaits_author:
        raise Refused(_("There is nothing to confirm (any more)."))
    open_ones = PreviewLink.objects.open().filter(page_id=page.pk, purpose=Purpose.CONFIRMATION)
    recent = open_ones.filter(asked__gte=timezone.now() - timedelta(minutes=2)).first()
    if recent is not None:
        return recent
    said = {"name": record.author_name, "email": record.author_email, "language": get_language() or "en"}
    return _send(draft, by, Purpose.CONFIRMATION, key=uuid4(), days=DAYS[1], **said)


def _send(draft: LibraryPage, by: Person, purpose: str, *, days: int, **said: Any) -> PreviewLink:
    links = PreviewLink.objects
    if links.open().filter(page_id=draft.pk).count() >= MOST_OPEN:
        raise Refused(_("There are many links to this draft already: revoke one first."))
    if links.filter(asked_by=by, asked__gte=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("You have sent many links today: go on tomorrow."))
    expires = timezone.now() + timedelta(days=days)
    link = links.create(page_id=draft.pk, purpose=purpose, asked_by=by, expires=expires, **said)
    drafts.keep_as_it_is(draft)
    log(instance=draft, action="clearance.ask", user=by, data={"link": link.pk})
    mails.link(link, draft, token_of(link))
    return link


@transaction.atomic
def revoke(*, by: Person, link: PreviewLink) -> None:
    """Have a link open nothing from now on."""
    draft = drafts.locked(link.page_id)
    if not access.may_edit(Person.objects.get(pk=by.pk), draft):
        raise Refused(_("You do not take part in this review (any more)."))
    if PreviewLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now()):
        log(instance=draft, action="clearance.revoke", user=by, data={"link": link.pk})


def still_opens(link: PreviewLink) -> bool:
    """Whether a link opens its draft now: nobody hid the page, and whoever sent the link may still change it."""
    by = link.asked_by
    if not link.works or by is None or not by.is_active or guard.is_hidden(link.page):
        return False
    page = link.page.specific
    return access.may_edit(by, page) or (
        # After the author has confirmed it, the draft is the coordinator's no more.
        link.purpose == Purpose.CONFIRMATION and rules.coordinates(by, page.municipality.region_id)
    )


def opened(link: PreviewLink) -> None:
    """Somebody has opened it: what they see is kept as they saw it."""
    PreviewLink.objects.filter(pk=link.pk, opened=None).update(opened=timezone.now())
    drafts.keep_as_it_is(link.page)


@transaction.atomic
def answer(*, link: PreviewLink, approves: bool, remark: str, version: str) -> Answer:
    """Approve the version that was read, or comment. The approval of an older version counts for no other.

    Raises Refused for a link that opens nothing any more. The same answer twice is one.
    """
    draft = drafts.locked(link.page_id)
    fresh = PreviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not still_opens(fresh):
        raise Refused(_("This link does not work any more."))
    if not approves and not remark.strip():
        raise Refused(_("Say what should be changed, or approve."))
    same = {"link": fresh, "approves": approves, "remark": remark.strip()[:2000], "version": version[:40]}
    known = Answer.objects.filter(**same).first()
    if known is not None:
        return known
    counts = approves and version == version_of(draft)
    made = Answer.objects.create(**same, counted=counts)
    if counts:
        _count(draft, fresh, version)
    log(instance=draft, action="clearance.answer", data={"link": fresh.pk, "version": version[:40]})
    to = [fresh.asked_by_id] if fresh.asked_by_id else []
    happened("clearance.answered", draft.kind, draft.pk, to=to)
    return made


def _count(draft: LibraryPage, link: PreviewLink, version: str) -> None:
    if link.purpose == Purpose.CONFIRMATION:
        _confirmed(draft, None)
        return
    draft.cleared_by, draft.cleared_on, draft.cleared_version = link.name, timezone.localdate(), version
    drafts.write(draft, by=None)


@transaction.atomic
def confirm_here(*, by: Person, page: LibraryPage) -> None:
    """The author, or a publisher of the municipality, says on the site that a coordinator's draft is right."""
    draft = drafts.locked(page.pk)
    if not access.may_confirm(Person.objects.get(pk=by.pk), draft):
        raise Refused(_("Only its author or a publisher of the municipality can confirm it."))
    _confirmed(draft, by)


def _confirmed(draft: LibraryPage, by: Person | None) -> None:
    """Said once: the publishers hear that a draft waits for them."""
    waiting = Draft.objects.filter(page_id=draft.pk, confirmed=None, drafted_by__isnull=False)
    now = timezone.now()
    if not waiting.update(confirmed=now, asked=now):
        return
    log(instance=draft, action="clearance.confirm", user=by)
    told = [pk for pk in access.publishers_of(draft.municipality) if by is None or pk != by.pk]
    happened("review.asked", draft.kind, draft.pk, by=by, to=told)
