"""Domains of a municipality: added by its publishers, verified by a person we trust or by whoever runs the domain."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from members.joining import mails
from members.joining.actions import confirmed_addresses, join_by_domain, note
from members.joining.domains import ROLE_MAILBOXES, canonical, is_anybodys, is_at
from members.joining.models import Affiliation, Domain, Ground, JoinRequest
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from members.roles import rules

_SALT = "members.joining.domain"
LINK_SECONDS = 3 * 24 * 3600
LINKS_A_DAY = 10


@transaction.atomic
def add(*, by: Person, municipality: Any, name: str) -> Domain:
    """Add a domain, not verified yet. Raises Refused for what is no domain, or anybody's, or another municipality's."""
    town = roles.locked(municipality)
    roles.require_manager(by, town)
    domain = canonical(name.strip().removeprefix("@"))
    if not domain:
        raise Refused(
            _("This is not a domain. It is what comes after the @ of your addresses, for example town.ca.")
        )
    if is_anybodys(domain):
        raise Refused(_("Anybody can have an address at this domain: it cannot stand for a municipality."))
    if Domain.objects.filter(name=domain, verified__isnull=False).exclude(municipality=town).exists():
        raise Refused(
            _("This domain is another municipality’s. If that is wrong, write to an administrator.")
        )
    found, made = Domain.objects.get_or_create(municipality=town, name=domain, defaults={"added_by": by})
    if made:
        note("add_domain", town, by, domain=domain)
    return found


@transaction.atomic
def remove(*, by: Person, domain: Domain) -> None:
    """Remove a domain: it lets nobody in any more. Whoever came by it stays, on the remover's word."""
    town = roles.locked(domain.municipality)
    roles.require_manager(by, town)
    for ground in Affiliation.objects.filter(municipality=town, ground=Ground.DOMAIN):
        if is_at(ground.address, domain.name):
            Affiliation.objects.filter(pk=ground.pk).update(ground=Ground.REQUEST, address="")
    domain.delete()
    note("remove_domain", town, by, domain=domain.name)


@transaction.atomic
def vouch(*, by: Person, domain: Domain) -> None:
    """Verify a domain on one's word: administrators, and the coordinators of the region, who are not of the town."""
    town = roles.locked(domain.municipality)
    person = Person.objects.get(pk=by.pk)
    if not (person.is_active and (person.is_superuser or rules.coordinates(person, town.region_id))):
        raise Refused(_("Only an administrator or a coordinator of the region may do that."))
    if person.municipality_id == town.pk and not person.is_superuser:
        raise Refused(_("Somebody who is not of this municipality has to vouch for its domain."))
    _verify(domain, by=by)


@transaction.atomic
def send_link(*, by: Person, domain: Domain, mailbox: str) -> None:
    """Send a link that verifies the domain to a mailbox that only whoever runs the domain has."""
    town = roles.locked(domain.municipality)
    roles.require_manager(by, town)
    if mailbox not in ROLE_MAILBOXES:
        raise Refused(_("The link can go to one of the mailboxes in the list only."))
    since = timezone.now() - timedelta(days=1)
    sent = PageLogEntry.objects.filter(user=by, action="joining.send_domain_link", timestamp__gte=since)
    if sent.count() >= LINKS_A_DAY:
        raise Refused(_("You have sent many links today: go on tomorrow."))
    address = f"{mailbox}@{domain.name}"
    token = signing.TimestampSigner(salt=_SALT).sign_object([domain.pk, domain.name, address])
    note("send_domain_link", town, by, domain=domain.name, mailbox=mailbox)
    mails.domain_link(domain, address, token, get_language() or "en")


def of_link(token: str) -> tuple[Domain, str]:
    """The domain and mailbox that a link was made for. Raises Refused for one that does not count (any more)."""
    try:
        pk, name, address = signing.TimestampSigner(salt=_SALT).unsign_object(token, max_age=LINK_SECONDS)
        return Domain.objects.select_related("municipality").get(pk=pk, name=name), address
    except (signing.BadSignature, ValueError, TypeError, Domain.DoesNotExist) as error:
        raise Refused(
            _("This link does not work any more. Ask the municipality’s publishers to send a new one.")
        ) from error


@transaction.atomic
def confirm(token: str) -> Domain:
    """Verify the domain that a link was made for. Used twice it has one effect."""
    domain, address = of_link(token)
    roles.locked(domain.municipality)
    _verify(domain, through=address)
    return domain


def _verify(domain: Domain, *, by: Person | None = None, through: str = "") -> None:
    fresh = Domain.objects.select_for_update().get(pk=domain.pk)
    if fresh.verified:
        return
    fresh.verified, fresh.verified_by, fresh.verified_through = timezone.now(), by, through
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError as error:
        raise Refused(
            _("This domain is another municipality’s. If that is wrong, write to an administrator.")
        ) from error
    note("verify_domain", fresh.municipality, by, domain=fresh.name, through=through)
    for request in (
        JoinRequest.objects.waiting().filter(municipality=fresh.municipality).select_related("person")
    ):
        if any(is_at(address, fresh.name) for address in confirmed_addresses(request.person)):
            join_by_domain(request.person)
