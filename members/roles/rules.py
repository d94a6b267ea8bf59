"""Who may do what: one predicate for each question, asked of the roles in force now."""

from typing import Any

from members.roles.models import Role, RoleGrant

RESPONSIBLE = (Role.PUBLISHER, Role.COORDINATOR, Role.MODERATOR)


def roles_of(person: Any) -> list[RoleGrant]:
    """The roles somebody holds now; of whoever asks, as they were when the request came."""
    if not person.is_authenticated or not person.is_active:
        return []
    known = getattr(person, "known_roles", None)
    return known if known is not None else list(RoleGrant.objects.in_force().filter(person=person))


def holds_responsibility(person: Any) -> bool:
    """Whether others depend on this account: publishers, coordinators, moderators and administrators."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or any(grant.role in RESPONSIBLE for grant in roles_of(person))


def reads_as_member(person: Any) -> bool:
    """Whether somebody without a municipality reads what is for members: moderators and coordinators do."""
    return any(grant.role in (Role.MODERATOR, Role.COORDINATOR) for grant in roles_of(person))


def is_publisher_of(person: Any, municipality: Any) -> bool:
    """Whether somebody publishes for a municipality and manages its people."""
    return any(
        grant.role == Role.PUBLISHER and grant.municipality_id == municipality.pk
        for grant in roles_of(person)
    )


def coordinates(person: Any, region_id: int | None) -> bool:
    """Whether somebody is a coordinator of this region."""
    return region_id is not None and any(
        grant.role == Role.COORDINATOR and grant.region_id == region_id for grant in roles_of(person)
    )


def coordinated_regions(person: Any) -> list[int]:
    """The regions that somebody coordinates."""
    return [
        grant.region_id for grant in roles_of(person) if grant.role == Role.COORDINATOR and grant.region_id
    ]


def may_manage(person: Any, municipality: Any) -> bool:
    """Whether somebody sets a municipality's profile, domains and review: its publishers and administrators."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or is_publisher_of(person, municipality)


def may_manage_people(person: Any, municipality: Any) -> bool:
    """Whether somebody decides who belongs to a municipality and in which role."""
    return may_manage(person, municipality) or coordinates(person, municipality.region_id)


def managed(person: Any) -> Any:
    """The municipalities whose people somebody looks after, as a queryset."""
    from members.models import MunicipalityPage

    everything = MunicipalityPage.objects.live()
    if person.is_superuser:
        return everything
    grants = roles_of(person)
    towns = [grant.municipality_id for grant in grants if grant.role == Role.PUBLISHER]
    regions = [grant.region_id for grant in grants if grant.role == Role.COORDINATOR]
    return everything.filter(pk__in=towns) | everything.filter(region__in=regions)
