"""The mails about joining. Each says why it came and what to do."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from members.joining.models import Domain, Invitation, JoinRequest
from members.mail import absolute, send_later
from members.models import Person
from members.roles.models import RoleGrant

_FOLDER = "members/joining/mail"


def _address(language: str, name: str, *args: Any) -> str:
    with translation.override(language):
        return absolute(reverse(name, args=args))


def somebody_asks(request: JoinRequest) -> None:
    """Tell those who decide: the municipality's publishers, or the region's coordinators where there is none."""
    town = request.municipality
    deciders = RoleGrant.objects.publishers(town)
    if not deciders.exists():
        deciders = RoleGrant.objects.coordinators(town.region)
    for person in Person.objects.filter(pk__in=deciders.values("person")):
        language = person.language or request.language
        context = {"town": town.official_name, "queue": _address(language, "members:join_requests")}
        send_later(f"{_FOLDER}/asked", person, language, context)


def decided(request: JoinRequest) -> None:
    """Tell whoever asked what was decided, and why."""
    language = request.person.language or request.language
    context = {
        "town": request.municipality.official_name,
        "accepted": request.state == "accepted",
        "reason": request.reason,
        "welcome": _address(language, "members:welcome"),
    }
    send_later(f"{_FOLDER}/decided", request.person, language, context)


def invitation(invitation: Invitation, token: str) -> None:
    """The link: its only copy."""
    context = {
        "town": invitation.municipality.official_name,
        "by": invitation.by.get_full_name() if invitation.by else "",
        "link": _address(invitation.language, "members:invitation", token),
        "expires": invitation.expires.date().isoformat(),
    }
    send_later(f"{_FOLDER}/invited", invitation.address, invitation.language, context)


def domain_link(domain: Domain, address: str, token: str, language: str) -> None:
    """The link that verifies a domain."""
    context = {
        "town": domain.municipality.official_name,
        "domain": domain.name,
        "link": _address(language, "members:domain_link", token),
    }
    send_later(f"{_FOLDER}/domain", address, language, context)
