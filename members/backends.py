"""Signing in, and who is asking: a person with their working groups and roles, in one query."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Aggregate, Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from members.accounts.factors import SECOND_FACTORS
from members.models import GroupMembership, Person, RoleGrant


class Joined(Aggregate):
    """Texts as one, with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **extra)


def _number(field: str) -> Any:
    return Coalesce(Cast(field, TextField()), Value(""), output_field=TextField())


def _groups() -> Any:
    active = GroupMembership.objects.filter(person=OuterRef("pk"), state="active").order_by()
    return active.values("person").annotate(all=Joined(Cast("group_id", TextField()))).values("all")


def _roles() -> Any:
    """Each as `role:municipality:region`, of those that count now."""
    held = RoleGrant.objects.in_force().filter(person=OuterRef("pk")).order_by()
    colon = Value(":")
    each = Concat(
        "role", colon, _number("municipality_id"), colon, _number("region_id"), output_field=TextField()
    )
    return held.values("person").annotate(all=Joined(each)).values("all")


# What apps above want to know of whoever asks, in the same query: name and expression.
_more: dict[str, Callable[[], Any]] = {}


def with_whoever_asks(name: str, expression: Callable[[], Any]) -> None:
    """Have the person of each request carry this, as an attribute of this name."""
    _more[name] = expression


class PersonBackend(AuthenticationBackend):
    """Every request of somebody who has signed in begins here; signing in itself is allauth\'s."""

    def get_user(self, user_id: int) -> Person | None:
        found = Person.objects.annotate(
            joined_groups=Subquery(_groups()),
            joined_roles=Subquery(_roles()),
            known_second_factor=Exists(
                Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
            ),
            **{name: expression() for name, expression in _more.items()},
        )
        person = found.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.known_groups = [int(pk) for pk in (person.joined_groups or "").split(",") if pk]
        person.known_roles = [_grant(person, text) for text in (person.joined_roles or "").split(",") if text]
        return person


def _grant(person: Person, text: str) -> RoleGrant:
    role, municipality, region = text.split(":")
    return RoleGrant(
        person=person,
        role=role,
        municipality_id=int(municipality or 0) or None,
        region_id=int(region or 0) or None,
    )
