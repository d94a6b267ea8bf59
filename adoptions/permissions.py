"""Who declares what a municipality takes up."""

from typing import Any

from members.models import Person
from members.roles.models import OF_A_MUNICIPALITY, RoleGrant
from members.roles.rules import roles_of


def may_declare(person: Any) -> bool:
    """Whether somebody speaks for their own municipality: its contributors, publishers, and administrators of it."""
    if not person.is_authenticated or not person.is_active or person.municipality_id is None:
        return False
    own = (
        grant.role in OF_A_MUNICIPALITY and grant.municipality_id == person.municipality_id
        for grant in roles_of(person)
    )
    return person.is_superuser or any(own)


def declarers(municipality_id: int) -> list[Person]:
    """Whom a plain member asks: those of their municipality who may declare, publishers first."""
    grants = RoleGrant.objects.in_force().filter(
        municipality=municipality_id,
        role__in=OF_A_MUNICIPALITY,
        person__in=Person.objects.listed().values("pk"),
    )
    # By name, "publisher" comes after "contributor".
    return [
        grant.person
        for grant in grants.select_related("person__municipality").order_by("-role", "person__last_name")[:5]
    ]
