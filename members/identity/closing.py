"""Closing an account: what was contributed stays, under “Former member of …”; everything personal goes."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from members.groups import actions as groups
from members.identity.belongings import belonging, records, relations
from members.models import GroupMembership, Person, RoleGrant
from members.refusal import Refused
from members.roles import actions as roles

# Nobody receives mail at a name that ends like this (RFC 2606).
NOWHERE = "closed.invalid"

Check = Callable[[Person], str]
_checks: list[Check] = []


def refuse_when(check: Check) -> None:
    """Have closing refused where `check(person)` returns a reason; for apps above to call when they load."""
    if check not in _checks:
        _checks.append(check)


def obstacles(person: Person) -> list[str]:
    """Why this account cannot be closed now, each with what to do about it."""
    return [reason for reason in (check(person) for check in (*_own_checks(), *_checks)) if reason]


@transaction.atomic
def close(*, by: Person) -> None:
    """Close one's own account. Raises Refused while others depend on it. Twice has one effect."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    if person.closed:
        return
    if person.is_superuser:
        # Of two administrators who close at once, the second counts when the first has gone.
        list(Person.objects.select_for_update().filter(is_superuser=True, is_active=True).order_by("pk"))
    reasons = obstacles(person)
    if reasons:
        raise Refused(" ".join(reasons))
    former = person.municipality
    for place in GroupMembership.objects.filter(person=person).select_related("group"):
        groups.leave(by=person, group=place.group)
    # The last publisher is refused here, under the municipality's lock.
    roles.leave(by=person)
    for grant in RoleGrant.objects.filter(person=person):
        roles.drop_site_role(by=person, grant=grant)
    log(instance=person, action="person.close", user=person, data={})
    forget(person)
    retire(person, former_municipality=former)


def forget(person: Person) -> None:
    """Delete what is theirs alone, in every app."""
    for model, field in relations():
        if owned := belonging(model, field):
            owned.end(records(model, field, person))


def retire(person: Person, *, former_municipality: Any, merged_into: Person | None = None) -> None:
    """Leave of the person only that they were here: no name, no address, no way in."""
    person.first_name = person.last_name = person.job_title = person.language = ""
    person.email = f"{person.pk}@{NOWHERE}"
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.municipality = None
    person.former_municipality = former_municipality
    person.merged_into = merged_into
    person.closed = timezone.now()
    person.save()
    # What the log calls them is a name too.
    entries = ModelLogEntry.objects.for_instance(person)
    entries.update(label=str(person)[:255])


def _own_checks() -> tuple[Check, ...]:
    return _leads_alone, _is_last_administrator


def _leads_alone(person: Person) -> str:
    """A working group must not be left without a lead; one without anybody else ends with its last member."""
    places = GroupMembership.objects.filter(person=person, is_lead=True, group__archived=False)
    alone = [
        place.group.name
        for place in places.select_related("group")
        if not place.group.memberships.leads().exclude(person=person).exists()
        and place.group.memberships.active().exclude(person=person).exists()
    ]
    if not alone:
        return ""
    return _("You alone lead %(groups)s: name another lead first.") % {"groups": ", ".join(alone)}


def _is_last_administrator(person: Person) -> str:
    others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if not person.is_superuser or others.exists():
        return ""
    return _("You are the last administrator: make somebody else one first.")
