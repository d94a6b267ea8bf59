"""Invitations by mail: bound to an address, good for two weeks and for one person."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.joining import mails
from members.joining.actions import confirmed_addresses, leave_the_old, note, settle
from members.joining.domains import domain_of
from members.joining.models import Ground, Invitation, InvitationState
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from members.roles import rules
from members.roles.models import OF_A_MUNICIPALITY, RoleGrant

A_DAY = 30
# Somebody who clicks twice means one invitation.
AGAIN = timedelta(minutes=1)


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, by: Person, municipality: Any, address: str, role: str = "", language: str = "en"
) -> Invitation:
    """Invite an address; an older invitation of it that waits is withdrawn. The mail holds the only copy of the link.

    The same again within a minute is the same invitation, and no second mail.
    """
    town = roles.locked(municipality)
    roles.require_people_manager(by, town)
    address = _sound(address)
    if role and role not in OF_A_MUNICIPALITY:
        raise Refused(_("A municipality has members, contributors and publishers."))
    if EmailAddress.objects.filter(user__municipality=town, verified=True, email__iexact=address).exists():
        raise Refused(_("Somebody with this address belongs to this municipality already."))
    waiting = town.invitations.filter(address=address, state=InvitationState.WAITING)
    same = waiting.filter(by=by, role=role, sent__gte=timezone.now() - AGAIN).first()
    if same is not None:
        return same
    since = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(by=by, sent__gte=since).count() >= A_DAY:
        raise Refused(_("You have sent many invitations today: go on tomorrow."))
    waiting.update(state=InvitationState.WITHDRAWN)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        municipality=town, address=address, role=role, language=language, by=by, token_hash=hash_of(token)
    )
    note("invite", town, by, invitation=invitation.pk, role=role)
    mails.invitation(invitation, token)
    return invitation


def _sound(address: str) -> str:
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(_("This is not an e-mail address. It looks like name@town.ca.")) from error
    if not domain_of(address):
        raise Refused(_("This is not an e-mail address. It looks like name@town.ca."))
    return address


@transaction.atomic
def withdraw(*, by: Person, invitation: Invitation) -> None:
    """Take an invitation back; its link stops working."""
    town = roles.locked(invitation.municipality)
    roles.require_people_manager(by, town)
    if Invitation.objects.filter(pk=invitation.pk, state=InvitationState.WAITING).update(
        state=InvitationState.WITHDRAWN
    ):
        note("withdraw_invitation", town, by, invitation=invitation.pk)


def of_link(token: str) -> Invitation:
    """The invitation that a link is for. Raises Refused, with what to do instead, for one that does not count."""
    found = Invitation.objects.select_related("municipality", "by").filter(token_hash=hash_of(token)).first()
    return _usable(found)


def _usable(found: Invitation | None) -> Invitation:
    if found is None or found.state == InvitationState.WITHDRAWN or not _still_meant(found):
        raise Refused(_("This invitation does not count any more. Ask whoever invited you for a new one."))
    if found.state == InvitationState.ACCEPTED:
        raise Refused(_("This invitation has been used. Sign in with the account that accepted it."))
    if found.expires <= timezone.now():
        raise Refused(_("This invitation has expired. Ask whoever invited you for a new one."))
    return found


def _still_meant(invitation: Invitation) -> bool:
    """Whether whoever invited may still do so."""
    return invitation.by is not None and rules.may_manage_people(invitation.by, invitation.municipality)


def is_for(invitation: Invitation, person: Any) -> bool:
    """Whether somebody has confirmed the address that was invited."""
    return any(address.lower() == invitation.address for address in confirmed_addresses(person))


def waiting_for(person: Any) -> Any:
    """The open invitations of somebody's confirmed addresses."""
    addresses = [address.lower() for address in confirmed_addresses(person)]
    return Invitation.objects.open().filter(address__in=addresses).select_related("municipality", "by")


@transaction.atomic
def accept(*, by: Person, invitation: Invitation) -> Invitation:
    """Join, in the role that was offered; whoever belongs elsewhere leaves there. One person, once."""
    town = roles.locked(invitation.municipality)
    invitation = _usable(Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first())
    if not is_for(invitation, by):
        raise Refused(
            _(
                "This invitation went to another address. Sign in with it, or add it to your account and confirm it."
            )
        )
    person = Person.objects.select_for_update().get(pk=by.pk)
    if invitation.by_id == person.pk and not person.is_superuser:
        raise Refused(_("Somebody else has to invite you."))
    if person.departures.filter(municipality=town, when__gte=invitation.sent).exists():
        raise Refused(_("This invitation does not count any more. Ask whoever invited you for a new one."))
    leave_the_old(person, town)
    invitation.state, invitation.accepted_by, invitation.accepted = (
        InvitationState.ACCEPTED,
        person,
        timezone.now(),
    )
    invitation.save(update_fields=["state", "accepted_by", "accepted"])
    already_here = person.municipality_id == town.pk
    settle(person, town, Ground.INVITATION)
    if invitation.role and not (already_here and _may_do_more(person, town, invitation.role)):
        roles.grant_role(by=invitation.by, person=person, municipality=town, role=invitation.role)
    note("accept_invitation", town, person, invitation=invitation.pk)
    return invitation


def _may_do_more(person: Person, town: Any, role: str) -> bool:
    """Whether somebody here has a stronger role than an invitation offers: accepting takes nothing away."""
    held = RoleGrant.objects.in_force().filter(person=person, municipality=town).first()
    return held is not None and OF_A_MUNICIPALITY.index(held.role) > OF_A_MUNICIPALITY.index(role)
