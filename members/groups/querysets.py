"""Reads of working groups, as verbs that chain."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from members.audience import Reader


class WorkingGroupQuerySet(models.QuerySet[Any]):
    """Working groups."""

    def running(self) -> "WorkingGroupQuerySet":
        """Those that have not been archived."""
        return self.filter(archived=False)

    def visible_to(self, reader: "Reader") -> "WorkingGroupQuerySet":
        """That a group exists is for all members; what it shares is for the group."""
        return self if reader.sees_everything or "members" in reader.labels else self.none()

    def with_counts(self) -> "WorkingGroupQuerySet":
        """With how many people and municipalities take part."""
        active = Q(memberships__state="active", memberships__person__is_active=True)
        return self.annotate(
            people=Count("memberships", filter=active, distinct=True),
            municipalities=Count("memberships__person__municipality", filter=active, distinct=True),
        )

    def inviting(self, person: Any) -> "WorkingGroupQuerySet":
        """Those that have invited this person, who has not answered yet."""
        return self.filter(memberships__person=person, memberships__state="invited")


class GroupMembershipQuerySet(models.QuerySet[Any]):
    """Places in groups."""

    def active(self) -> "GroupMembershipQuerySet":
        """People who belong to the group now and can sign in."""
        return self.filter(state="active", person__is_active=True)

    def waiting(self) -> "GroupMembershipQuerySet":
        """Requests that a lead has not decided on."""
        return self.filter(state="asked", person__is_active=True)

    def invited(self) -> "GroupMembershipQuerySet":
        """Invitations that nobody has answered."""
        return self.filter(state="invited", person__is_active=True)

    def leads(self) -> "GroupMembershipQuerySet":
        """Those who run the group."""
        return self.active().filter(is_lead=True)
