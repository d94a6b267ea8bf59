"""What whoever decides on a request needs to know; of each request one query looks for the same human."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from members.joining.domains import domain_of, domain_of_site, mailbox_of
from members.joining.models import JoinRequest, RequestState
from members.models import Person

EARLIER = 5
# On one page; the next ones follow when these are decided.
MOST = 30


@dataclass(frozen=True)
class Case:
    """One request with what speaks for and against it."""

    request: JoinRequest
    addresses: list[str]
    # The domains of the addresses, and that of the municipality's website.
    domains: list[str]
    site_domain: str
    similar: list[Person]
    earlier: list[JoinRequest]

    @property
    def is_at_the_site(self) -> bool:
        """Whether an address is at the domain of the municipality's own website."""
        return bool(self.site_domain) and self.site_domain in self.domains


def cases(reader: Any) -> list[Case]:
    """The waiting requests that are this person's to decide, the oldest first, as many as one decides on at once."""
    waiting = list(
        JoinRequest.objects.waiting()
        .decided_on_by(reader)
        .select_related("person__municipality", "municipality")[:MOST]
    )
    people = [request.person_id for request in waiting]
    addresses, earlier = _addresses(people), _earlier(people)
    return [
        _case(
            request,
            addresses[request.person_id],
            earlier[request.person_id, request.municipality_id][:EARLIER],
        )
        for request in waiting
    ]


def _earlier(people: list[int]) -> dict[tuple[int, int], list[JoinRequest]]:
    """What was decided before, by person and municipality: another one's reasons are for the person alone."""
    found: dict[tuple[int, int], list[JoinRequest]] = defaultdict(list)
    decided = JoinRequest.objects.filter(person__in=people).exclude(state=RequestState.WAITING)
    for request in decided.select_related("municipality", "decided_by").order_by("-asked"):
        found[request.person_id, request.municipality_id].append(request)
    return found


def _addresses(people: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for person, address in EmailAddress.objects.filter(user__in=people, verified=True).values_list(
        "user", "email"
    ):
        found[person].append(address)
    return found


def _case(request: JoinRequest, addresses: list[str], earlier: list[JoinRequest]) -> Case:
    return Case(
        request,
        addresses,
        sorted({domain_of(address) for address in addresses}),
        domain_of_site(request.municipality.website),
        _similar(request, addresses),
        earlier,
    )


def _similar(request: JoinRequest, addresses: list[str]) -> list[Person]:
    """People here with the same name or mailbox: perhaps the same human, who has an account already."""
    name = request.person.last_name
    same = Q(last_name__iexact=name) if name else Q(pk__in=())
    for address in addresses:
        local = mailbox_of(address).partition("@")[0]
        same |= Q(email__istartswith=f"{local}@") | Q(email__istartswith=f"{local}+")
    people = Person.objects.filter(same, municipality=request.municipality, is_active=True)
    return list(people.exclude(pk=request.person_id)[:5])
