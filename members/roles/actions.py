"""What changes roles and who belongs to a municipality. Who may is asked under the municipality's lock."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.models import Affiliation, Departure, MunicipalityPage, Person
from members.refusal import Refused
from members.roles import rules, sync
from members.roles.models import OF_A_MUNICIPALITY, Role, RoleGrant


def locked(municipality: Any) -> MunicipalityPage:
    """The municipality as it is now; whoever else changes its people waits."""
    return MunicipalityPage.objects.select_for_update().get(pk=municipality.pk)


def require_people_manager(by: Person, municipality: MunicipalityPage) -> None:
    """Raise Refused unless `by` looks after the people of this municipality at this moment."""
    if not rules.may_manage_people(_now(by), municipality):
        raise Refused(
            _("Only the publishers of this municipality and its region’s coordinators may do that.")
        )


def require_manager(by: Person, municipality: MunicipalityPage) -> None:
    """Raise Refused unless `by` manages this municipality at this moment."""
    if not rules.may_manage(_now(by), municipality):
        raise Refused(_("Only the publishers of this municipality may do that."))


def _now(person: Person) -> Person:
    """As in the database: not as it was when the request came."""
    return Person.objects.get(pk=person.pk)


def _note(action: str, instance: Any, by: Person, person: Person, **data: Any) -> None:
    log(instance=instance, action=f"role.{action}", user=by, data={"person": person.pk, **data})


@transaction.atomic
def name_role(
    *, by: Person, person: Person, municipality: MunicipalityPage, role: str, reason: str = ""
) -> None:
    """Make one of a municipality's people a contributor, a publisher, or a plain member again (no role).

    Raises Refused when that would leave the municipality without a publisher.
    """
    town = locked(municipality)
    require_people_manager(by, town)
    if role and role not in OF_A_MUNICIPALITY:
        raise Refused(_("A municipality has members, contributors and publishers."))
    if not Person.objects.filter(pk=person.pk, municipality=town, is_active=True).exists():
        raise Refused(_("This person does not belong to this municipality any more."))
    if by.pk == person.pk and role and not rules.may_manage(_now(by), town):
        raise Refused(_("Somebody else has to give you a role."))
    if role != Role.PUBLISHER:
        require_another_publisher(by=by, person=person, municipality=town, reason=reason)
    grant_role(by=by, person=person, municipality=town, role=role, reason=reason)


def grant_role(*, by: Person | None, person: Person, municipality: Any, role: str, reason: str = "") -> None:
    """Write a role down and bring Wagtail in step. For actions that have asked who may."""
    before = RoleGrant.objects.filter(person=person, municipality=municipality).first()
    if (before.role if before else "") == role:
        return
    if role:
        RoleGrant.objects.update_or_create(
            person=person, municipality=municipality, defaults={"role": role, "by": by}
        )
    elif before:
        before.delete()
    _note("change", municipality, by, person, role=role, before=before.role if before else "", reason=reason)  # type: ignore[arg-type]
    sync.sync_municipality(municipality)


def require_another_publisher(*, by: Person, person: Person, municipality: Any, reason: str) -> None:
    """Raise Refused if the only publisher goes while others stay, unless an administrator says why."""
    publishers = RoleGrant.objects.publishers(municipality)
    if not publishers.filter(person=person).exists() or publishers.exclude(person=person).exists():
        return
    if not Person.objects.filter(municipality=municipality, is_active=True).exclude(pk=person.pk).exists():
        return
    if by.is_superuser and by.pk != person.pk and reason.strip():
        return
    if by.is_superuser:
        raise Refused(_("This is the last publisher of the municipality: say why nobody succeeds them."))
    raise Refused(_("This is the last publisher of the municipality: make somebody else a publisher first."))


@transaction.atomic
def remove_person(*, by: Person, person: Person, municipality: Any, reason: str = "") -> None:
    """Put somebody out of a municipality: roles and what only its people may read are gone at once."""
    town = locked(municipality)
    require_people_manager(by, town)
    if not Person.objects.filter(pk=person.pk, municipality=town).exists():
        return
    require_another_publisher(by=by, person=person, municipality=town, reason=reason)
    _note("remove_person", town, by, person, reason=reason)
    note_departure(person, town)
    place_person(person=person, municipality=None)


@transaction.atomic
def leave(*, by: Person) -> None:
    """Leave one's municipality. Raises Refused for the last publisher while others stay."""
    person = _now(by)
    if person.municipality_id is None:
        return
    town = locked(person.municipality)
    require_another_publisher(by=by, person=person, municipality=town, reason="")
    _note("leave", town, by, person)
    note_departure(person, town)
    place_person(person=person, municipality=None)


def note_departure(person: Person, municipality: Any) -> None:
    """Write down that somebody went: what let them in before does not do so by itself again."""
    Departure.objects.update_or_create(
        person=person, municipality=municipality, defaults={"when": timezone.now()}
    )


def place_person(*, person: Person, municipality: Any) -> None:
    """Write down where somebody belongs now; `members.roles.signals` drops the roles they had elsewhere."""
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    fresh.municipality = municipality
    fresh.save(update_fields=["municipality"])
    # On what ground they were where they were; `members.joining` writes the new one.
    Affiliation.objects.filter(person=fresh).delete()
    person.municipality = municipality
    for cached in ("known_roles", "known_groups"):
        person.__dict__.pop(cached, None)


@transaction.atomic
def name_coordinator(*, by: Person, person: Person, region: Any) -> None:
    """Have somebody look after a region. Only administrators do that."""
    _require_administrator(by)
    _grant_made, made = RoleGrant.objects.get_or_create(
        person=person, region=region, role=Role.COORDINATOR, defaults={"by": by}
    )
    if made:
        _note("name_coordinator", region, by, person)
        sync.sync_site_roles()


@transaction.atomic
def name_moderator(*, by: Person, person: Person) -> None:
    """Have somebody moderate the site. Only administrators do that."""
    _require_administrator(by)
    _grant_made, made = RoleGrant.objects.get_or_create(
        person=person, role=Role.MODERATOR, defaults={"by": by}
    )
    if made:
        _note("name_moderator", person, by, person)
        sync.sync_site_roles()


@transaction.atomic
def drop_site_role(*, by: Person, grant: RoleGrant) -> None:
    """End the role of a coordinator or moderator. Only administrators do that, and oneself."""
    if by.pk != grant.person_id:
        _require_administrator(by)
    if grant.municipality_id is not None:
        raise Refused(_("Roles of a municipality are changed there."))
    RoleGrant.objects.filter(pk=grant.pk).delete()
    _note("drop", grant.region or grant.person, by, grant.person, role=grant.role)
    sync.sync_site_roles()


def _require_administrator(by: Person) -> None:
    if not _now(by).is_superuser or not by.is_active:
        raise Refused(_("Only an administrator may do that."))
