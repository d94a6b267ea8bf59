"""What lets people into a municipality, and what takes that back. Who may is asked under the municipality's lock."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.joining import mails
from members.joining.domains import is_at, mailbox_of
from members.joining.models import Affiliation, Departure, Domain, Ground, JoinRequest, RequestState
from members.models import MunicipalityPage, Person
from members.refusal import Refused
from members.roles import actions as roles

# Each request is a mail to people who did not ask for it.
A_DAY = 5


def confirmed_addresses(person: Person) -> list[str]:
    """The addresses that somebody has shown to be theirs."""
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def note(action: str, municipality: Any, by: Person | None, **data: Any) -> None:
    """Write into the log of who did what."""
    log(instance=municipality, action=f"joining.{action}", user=by, data=data)


def settle(person: Person, municipality: Any, ground: str, address: str = "") -> None:
    """Make somebody belong here from now on; what they had elsewhere is gone. For actions that have asked."""
    roles.place_person(person=person, municipality=municipality)
    Affiliation.objects.create(person=person, municipality=municipality, ground=ground, address=address)
    Departure.objects.filter(person=person, municipality=municipality).delete()
    waiting = JoinRequest.objects.filter(person=person, state=RequestState.WAITING)
    waiting.filter(municipality=municipality).update(state=RequestState.ACCEPTED, decided=timezone.now())
    waiting.update(state=RequestState.WITHDRAWN, decided=timezone.now())
    if not municipality.is_member:
        municipality.is_member = True
        municipality.save_revision().publish()


@transaction.atomic
def join_by_domain(person: Person) -> MunicipalityPage | None:
    """Let somebody in whose confirmed address is at a verified domain; None where that is not so.

    Whoever belongs somewhere stays there: moving takes a decision of their own. Whoever has left or was put out
    is let in again by a person only. A mailbox that somebody here
    already uses, with or without a tag, makes no second member: a person decides then.
    """
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.municipality_id is not None or not fresh.is_active:
        return None
    for address in confirmed_addresses(fresh):
        domain = Domain.objects.letting_in(address).select_related("municipality").first()
        if domain is None:
            continue
        town = roles.locked(domain.municipality)
        if fresh.departures.filter(municipality=town).exists() or mailbox_is_taken(address, town, but=fresh):
            continue
        settle(person, town, Ground.DOMAIN, address)
        note("by_domain", town, fresh, domain=domain.name)
        return town
    return None


def mailbox_is_taken(address: str, municipality: Any, *, but: Person) -> bool:
    """Whether one of a municipality's people has already confirmed an address of the same mailbox."""
    theirs = EmailAddress.objects.filter(user__municipality=municipality, verified=True).exclude(user=but)
    mailbox = mailbox_of(address)
    return any(mailbox_of(other) == mailbox for other in theirs.values_list("email", flat=True))


@transaction.atomic
def review_addresses(person: Person) -> None:
    """An address was lost or changed: whoever was let in by it is out at once, and in again by another that counts."""
    ground = Affiliation.objects.select_for_update().filter(person=person, ground=Ground.DOMAIN).first()
    if ground is None or ground.municipality_id != Person.objects.get(pk=person.pk).municipality_id:
        return
    held = confirmed_addresses(person)
    names = list(
        Domain.objects.verified().filter(municipality=ground.municipality_id).values_list("name", flat=True)
    )
    others = [address for address in held if any(is_at(address, name) for name in names)]
    if ground.address.lower() in {address.lower() for address in held}:
        return
    if others:
        Affiliation.objects.filter(pk=ground.pk).update(address=others[0])
        return
    town = roles.locked(ground.municipality)
    ground.delete()
    roles.place_person(person=person, municipality=None)
    note("address_lost", town, person)


@transaction.atomic
def ask(*, by: Person, municipality: MunicipalityPage, message: str = "") -> JoinRequest:
    """Ask to join. Asked twice, one request waits. Raises Refused without a confirmed address or for where one is."""
    if not confirmed_addresses(by):
        raise Refused(_("Confirm your e-mail address first: the link is in the mail that we sent you."))
    if Person.objects.get(pk=by.pk).municipality_id == municipality.pk:
        raise Refused(_("You already belong to this municipality."))
    waiting = JoinRequest.objects.filter(person=by, state=RequestState.WAITING).first()
    if waiting is not None and waiting.municipality_id == municipality.pk:
        return waiting
    if waiting is not None:
        raise Refused(_("Another request of yours is waiting: take it back first."))
    since = timezone.now() - timedelta(days=1)
    if JoinRequest.objects.filter(person=by, asked__gte=since).count() >= A_DAY:
        raise Refused(_("You have asked several times today: go on tomorrow."))
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                person=by, municipality=municipality, message=message[:600], language=get_language() or "en"
            )
    except IntegrityError:
        # The same button in another window, at the same moment.
        return JoinRequest.objects.get(person=by, state=RequestState.WAITING)
    note("ask", municipality, by)
    mails.somebody_asks(request)
    return request


@transaction.atomic
def take_back(*, by: Person) -> None:
    """Take one's waiting request back."""
    for request in JoinRequest.objects.select_for_update().filter(person=by, state=RequestState.WAITING):
        _decide(request, RequestState.WITHDRAWN, by)
        note("take_back", request.municipality, by)


@transaction.atomic
def accept(*, by: Person, request: JoinRequest, reason: str = "") -> None:
    """Let somebody in. Raises Refused if the request was decided or taken back meanwhile."""
    town, request = _to_decide(by, request)
    leave_the_old(request.person, town)
    _decide(request, RequestState.ACCEPTED, by, reason)
    settle(request.person, town, Ground.REQUEST)
    note("accept", town, by, person=request.person_id)
    mails.decided(request)


@transaction.atomic
def decline(*, by: Person, request: JoinRequest, reason: str) -> None:
    """Turn a request down, and say why: the reason goes to whoever asked."""
    if not reason.strip():
        raise Refused(_("Say why: the reason goes to the person who asked."))
    town, request = _to_decide(by, request)
    _decide(request, RequestState.DECLINED, by, reason)
    note("decline", town, by, person=request.person_id, reason=reason)
    mails.decided(request)


def _to_decide(by: Person, request: JoinRequest) -> tuple[MunicipalityPage, JoinRequest]:
    town = roles.locked(request.municipality)
    roles.require_people_manager(by, town)
    fresh = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.state != RequestState.WAITING or not fresh.person.is_active:
        raise Refused(_("This request was taken back, or somebody else has decided it."))
    if fresh.person_id == by.pk and not by.is_superuser:
        raise Refused(_("Somebody else has to decide on your own request."))
    return town, fresh


def leave_the_old(person: Person, new: Any) -> None:
    """Whoever moves leaves the municipality they belong to. Raises Refused for its last publisher."""
    if person.municipality_id not in (None, new.pk):
        old = roles.locked(person.municipality)
        roles.require_another_publisher(by=person, person=person, municipality=old, reason="")
        roles.note_departure(person, old)
        note("move_away", old, person)


def _decide(request: JoinRequest, state: str, by: Person, reason: str = "") -> None:
    request.state, request.decided_by, request.decided, request.reason = (
        state,
        by,
        timezone.now(),
        reason[:600],
    )
    request.save(update_fields=["state", "decided_by", "decided", "reason"])
