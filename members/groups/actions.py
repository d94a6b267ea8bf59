"""What changes a working group. Each is one transaction; who may is asked under the lock, not before."""

from itertools import chain, count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.groups.models import GroupMembership, Joining, State, WorkingGroup
from members.people import Person
from members.refusal import Refused

# Addresses below the groups' own that are no group.
RESERVED = ("new",)


def _locked(group: WorkingGroup) -> WorkingGroup:
    """The group as it is now; whoever else changes its members waits."""
    return WorkingGroup.objects.select_for_update().get(pk=group.pk)


def _require_lead(group: WorkingGroup, by: Person) -> None:
    leads = group.memberships.leads().filter(person=by, person__municipality__isnull=False)
    if not by.is_superuser and not leads.exists():
        raise Refused(_("Only the leads of this group may do that."))


def _require_member_of_a_municipality(person: Person) -> None:
    if not person.is_active or person.municipality_id is None:
        raise Refused(
            _("Working groups are for people of member municipalities. Join your municipality first.")
        )


def _note(action: str, group: WorkingGroup, by: Person, **data: Any) -> None:
    log(instance=group, action=f"group.{action}", user=by, data=data)


@transaction.atomic
def found(*, by: Person, name: str, purpose: str, joining: str, region: Any = None) -> WorkingGroup:
    """Found a group; its founder leads it. Raises Refused for a name that is taken."""
    _require_member_of_a_municipality(by)
    try:
        with transaction.atomic():
            group = WorkingGroup.objects.create(
                name=name, slug=_free_slug(name), purpose=purpose, joining=joining, region=region
            )
    except IntegrityError as error:
        raise Refused(_("A group of this name exists: join it, or choose another name.")) from error
    GroupMembership.objects.create(group=group, person=by, is_lead=True)
    _note("found", group, by)
    return group


def _free_slug(name: str) -> str:
    """An address from the name, with a number where another group or a page of the site has it."""
    base = slugify(name)[:70] or "group"
    taken = {*RESERVED, *WorkingGroup.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)


@transaction.atomic
def join(*, by: Person, group: WorkingGroup, message: str = "") -> GroupMembership:
    """Join an open group, ask to join another, or accept an invitation. Twice has one effect."""
    _require_member_of_a_municipality(by)
    group = _locked(group)
    if group.archived:
        raise Refused(_("This group has been archived."))
    place = GroupMembership.objects.filter(group=group, person=by).first()
    if place is not None and place.state != State.INVITED:
        return place
    if place is None and group.joining == Joining.INVITATION:
        raise Refused(_("This group takes new members by invitation only: ask one of its leads."))
    state = State.ASKED if place is None and group.joining == Joining.REQUEST else State.ACTIVE
    place, _created = GroupMembership.objects.update_or_create(
        group=group, person=by, defaults={"state": state, "message": message[:300]}
    )
    _note("join" if state == State.ACTIVE else "ask", group, by)
    return place


@transaction.atomic
def invite(*, by: Person, group: WorkingGroup, person: Person) -> GroupMembership:
    """Invite somebody; a request that waits is thereby accepted."""
    group = _locked(group)
    _require_lead(group, by)
    if not Person.objects.listed().filter(pk=person.pk).exists():
        raise Refused(_("Nobody with this address belongs to a member municipality here."))
    place = GroupMembership.objects.filter(group=group, person=person).first()
    if place is not None and place.state == State.ASKED:
        return _accept(group, place, by)
    if place is None:
        place = GroupMembership.objects.create(group=group, person=person, state=State.INVITED)
        _note("invite", group, by, person=person.pk)
    return place


@transaction.atomic
def accept(*, by: Person, group: WorkingGroup, person: Person) -> GroupMembership:
    """Let somebody in who asked. Raises Refused if the request was taken back meanwhile."""
    group = _locked(group)
    _require_lead(group, by)
    place = GroupMembership.objects.filter(group=group, person=person).exclude(state=State.INVITED).first()
    if place is None:
        raise Refused(_("This request was taken back, or another lead has declined it."))
    return place if place.state == State.ACTIVE else _accept(group, place, by)


def _accept(group: WorkingGroup, place: GroupMembership, by: Person) -> GroupMembership:
    _require_member_of_a_municipality(place.person)
    place.state = State.ACTIVE
    place.save(update_fields=["state"])
    _note("accept", group, by, person=place.person_id)
    return place


@transaction.atomic
def remove(*, by: Person, group: WorkingGroup, person: Person) -> None:
    """Decline a request, take back an invitation, or put a member out. Nobody removes the last lead."""
    group = _locked(group)
    _require_lead(group, by)
    _leave(group, person, by, "remove")


@transaction.atomic
def leave(*, by: Person, group: WorkingGroup) -> None:
    """Leave, or take back a request. Who leaves a group of one closes it.

    Raises Refused for the last lead while others are in the group.
    """
    group = _locked(group)
    alone = not group.memberships.active().exclude(person=by).exists()
    if alone and group.memberships.leads().filter(person=by).exists():
        group.memberships.all().delete()
        WorkingGroup.objects.filter(pk=group.pk).update(archived=True)
        _note("leave", group, by, person=by.pk, closed=True)
        return
    _leave(group, by, by, "leave")


def _leave(group: WorkingGroup, person: Person, by: Person, action: str) -> None:
    place = GroupMembership.objects.filter(group=group, person=person).first()
    if place is None:
        return
    if place.is_lead:
        _require_another_lead(group, person)
    place.delete()
    _note(action, group, by, person=person.pk)


def _require_another_lead(group: WorkingGroup, person: Person) -> None:
    if not group.memberships.leads().exclude(person=person).exists():
        raise Refused(
            _("You are the last lead: name another one first, so that the group is not left alone.")
        )


@transaction.atomic
def name_lead(*, by: Person, group: WorkingGroup, person: Person) -> None:
    """Make a member a lead."""
    group = _locked(group)
    _require_lead(group, by)
    if not group.memberships.active().filter(person=person).update(is_lead=True):
        raise Refused(_("Only a member of the group can lead it."))
    _note("name_lead", group, by, person=person.pk)


@transaction.atomic
def step_down(*, by: Person, group: WorkingGroup) -> None:
    """Stop leading and stay a member. Raises Refused for the last lead."""
    group = _locked(group)
    _require_another_lead(group, by)
    group.memberships.active().filter(person=by).update(is_lead=False)
    _note("step_down", group, by)
