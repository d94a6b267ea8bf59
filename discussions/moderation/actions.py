"""Reporting and deciding. Each is one transaction, with its line in the log of who did what and its notice."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from discussions.comments import rules
from discussions.moderation import things
from discussions.moderation.deciding import tell_author, write_down
from discussions.moderation.models import Decision, Hidden, Reason, Report, Suspension, Verdict
from members import mail
from members.audience import reader_for
from members.models import Person
from members.refusal import Refused

REPORTS_A_DAY = 30


@transaction.atomic
def report(*, by: Person, kind: str, item_id: int, reason: str, words: str = "") -> Report:
    """Say that something is wrong with a thing one can see. A second time changes what one said.

    Raises Refused for a thing that is not there for this person, and for more reports than anybody makes.
    """
    by = Person.objects.select_for_update().get(pk=by.pk)
    known = things.kinds().get(kind)
    if known is None or not known.visible(reader_for(by)).filter(pk=item_id).exists():
        raise Refused(_("This is not there, or not for you any more."))
    if not rules.may_write(by):
        raise Refused(_("Join your municipality first."))
    since = timezone.now() - timedelta(days=1)
    mine = Report.objects.filter(by=by)
    if mine.filter(when__gt=since).exclude(kind=kind, item_id=item_id).count() >= REPORTS_A_DAY:
        raise Refused(_("You have reported very much today. Write to a moderator instead."))
    said = {"reason": reason, "words": words[:1000]}
    made, _new = Report.objects.update_or_create(by=by, kind=kind, item_id=item_id, defaults=said)
    return made


def _moderator(by: Person) -> Person:
    now = Person.objects.get(pk=by.pk)
    if not rules.is_moderator(now):
        raise Refused(_("Only moderators may do that."))
    return now


def _thing(kind: str, item_id: int) -> tuple[things.Kind, Any]:
    found = things.find(kind, item_id)
    if found is None:
        raise Refused(_("This is gone: its author has deleted it."))
    if Hidden.objects.waiting().filter(kind=kind, item_id=item_id).exists():
        raise Refused(_("This is a first post that waits: let it through, or not."))
    return found


@transaction.atomic
def hide(*, by: Person, kind: str, item_id: int, reason: str, words: str = "") -> Decision:
    """Take a thing out of sight of everybody but its author. Twice is once."""
    moderator = _moderator(by)
    known, thing = _thing(kind, item_id)
    there = Hidden.objects.filter(kind=kind, item_id=item_id).select_related("decision").first()
    if there is not None and there.decision is not None:
        return there.decision
    decision = write_down(moderator, known, thing, Verdict.HIDDEN, reason, words)
    known.hide(thing, Hidden.objects.create(kind=kind, item_id=item_id, decision=decision))
    tell_author(decision, moderator)
    return decision


@transaction.atomic
def show(*, by: Person, kind: str, item_id: int, reason: str, words: str = "") -> Decision:
    """Show a hidden thing again, as it was."""
    moderator = _moderator(by)
    known, thing = _thing(kind, item_id)
    hidden = Hidden.objects.filter(kind=kind, item_id=item_id).first()
    if hidden is None:
        raise Refused(_("This is not hidden."))
    decision = write_down(moderator, known, thing, Verdict.SHOWN, reason, words)
    known.show(thing, hidden)
    Hidden.objects.filter(pk=hidden.pk).delete()
    tell_author(decision, moderator)
    return decision


@transaction.atomic
def warn(*, by: Person, kind: str, item_id: int, reason: str, words: str = "") -> Decision:
    """Tell the author what is wrong, and leave the thing where it is."""
    moderator = _moderator(by)
    known, thing = _thing(kind, item_id)
    if known.author(thing) is None:
        raise Refused(_("Nobody is known as its author: there is nobody to warn."))
    decision = write_down(moderator, known, thing, Verdict.WARNED, reason, words)
    tell_author(decision, moderator)
    return decision


@transaction.atomic
def dismiss(*, by: Person, kind: str, item_id: int, reason: str = Reason.OTHER, words: str = "") -> Decision:
    """Nothing is wrong with it; its author hears nothing of this."""
    moderator = _moderator(by)
    known, thing = _thing(kind, item_id)
    return write_down(moderator, known, thing, Verdict.DISMISSED, reason, words)


@transaction.atomic
def suspend(
    *, by: Person, kind: str, item_id: int, reason: str, words: str = "", until: date | None = None
) -> Decision:
    """Keep the author out until a day, or until a moderator lifts it. Their sessions end with the next request."""
    moderator = _moderator(by)
    known, thing = _thing(kind, item_id)
    author = known.author(thing)
    if author is None or author.closed:
        raise Refused(_("Nobody is known as its author: there is nobody to suspend."))
    if things.is_nameless(thing) and not moderator.is_superuser:
        # The list of who is suspended would tell who asked.
        raise Refused(_("This was asked without a name: an administrator has to suspend its author."))
    person = Person.objects.select_for_update().get(pk=author.pk)
    if person.pk == moderator.pk:
        raise Refused(_("Nobody suspends themselves."))
    if (rules.is_moderator(person) and not moderator.is_superuser) or person.is_superuser:
        raise Refused(_("Moderators are suspended by administrators, and administrators by nobody here."))
    if until is not None and until <= timezone.localdate():
        raise Refused(_("Choose a day after today, or none."))
    if not person.is_active:
        raise Refused(_("This account is not in use already."))
    decision = write_down(moderator, known, thing, Verdict.SUSPENDED, reason, words)
    end = timezone.make_aware(datetime.combine(until, time.min)) if until else None
    Suspension.objects.create(person=person, decision=decision, until=end)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _write(person, decision, until)
    return decision


def _write(person: Person, decision: Decision, until: date | None) -> None:
    """By mail: there is no inbox for somebody who cannot sign in."""
    said = {
        "name": person.get_full_name(),
        "reason": str(Reason(decision.reason).label),
        "words": decision.words,
        "until": until.isoformat() if until else "",
    }
    mail.send_later("discussions/moderation/mail/suspended", person.email, person.language, said)


@transaction.atomic
def lift(*, by: Person, suspension: Suspension, words: str = "") -> None:
    """Let somebody in again before their time."""
    moderator = _moderator(by)
    now = Suspension.objects.select_for_update().get(pk=suspension.pk)
    if now.ended:
        return
    _end(now)
    decision = now.decision
    Decision.objects.create(
        kind=decision.kind, item_id=decision.item_id, verdict=Verdict.LIFTED, reason=decision.reason,
        words=words[:1000], by=moderator, author=now.person,
    )  # fmt: skip
    log(instance=now.person, action="moderation.lifted", user=moderator, data={"reason": words[:300]})


def _end(suspension: Suspension) -> None:
    suspension.ended = timezone.now()
    suspension.save(update_fields=["ended"])
    person = Person.objects.select_for_update().get(pk=suspension.person_id)
    # Who closed their account meanwhile, or became another's, stays out.
    if not person.closed and not person.merged_into_id and not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])


def end_suspensions() -> int:
    """Let those in whose time has passed; returns how many."""
    ended = 0
    for suspension in Suspension.objects.over().order_by("pk")[:100]:
        with transaction.atomic():
            now = Suspension.objects.select_for_update().get(pk=suspension.pk)
            if now.ended is None:
                _end(now)
                log(instance=now.person, action="moderation.lifted", data={})
                ended += 1
    return ended
