"""Signing in, and who is asking: a person with their working groups, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Aggregate, OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from members.models import GroupMembership, Person


class Joined(Aggregate):
    """Numbers as one text, with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **extra)


class PersonBackend(AuthenticationBackend):
    """Every request of somebody who has signed in begins here; signing in itself is allauth's."""

    def get_user(self, user_id: int) -> Person | None:
        active = GroupMembership.objects.filter(person=OuterRef("pk"), state="active").order_by()
        joined = active.values("person").annotate(all=Joined(Cast("group_id", TextField()))).values("all")
        person = Person.objects.annotate(joined_groups=Subquery(joined)).filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.known_groups = [int(pk) for pk in (person.joined_groups or "").split(",") if pk]
        return person
