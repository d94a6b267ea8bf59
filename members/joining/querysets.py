"""Reads of domains, requests and invitations, as verbs that chain."""

from typing import Any

from django.db import models
from django.utils import timezone

from members.joining.domains import domain_of


class DomainQuerySet(models.QuerySet[Any]):
    """Mail domains."""

    def verified(self) -> "DomainQuerySet":
        """Those that let people in."""
        return self.filter(verified__isnull=False, municipality__live=True)

    def letting_in(self, address: str) -> "DomainQuerySet":
        """The verified domain, if there is one, that this address is at exactly."""
        name = domain_of(address)
        return self.verified().filter(name=name) if name else self.none()


class JoinRequestQuerySet(models.QuerySet[Any]):
    """Requests to join."""

    def waiting(self) -> "JoinRequestQuerySet":
        """Those that nobody has decided on, oldest first."""
        return self.filter(state="waiting", person__is_active=True).order_by("asked")

    def decided_on_by(self, person: Any) -> "JoinRequestQuerySet":
        """Those that are this person's to decide."""
        from members.roles.rules import managed

        return self.filter(municipality__in=managed(person).order_by().values("pk"))


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations."""

    def open(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(state="waiting", expires__gt=timezone.now())
