"""Reads of roles, as verbs that chain."""

from typing import Any

from django.db import models
from django.db.models import F, Q


class RoleGrantQuerySet(models.QuerySet[Any]):
    """Roles that were granted."""

    def in_force(self) -> "RoleGrantQuerySet":
        """Those that count now: a municipality's only while the person belongs to it, and nobody's who is suspended."""
        own = Q(municipality=None) | Q(municipality=F("person__municipality"))
        return self.filter(own, person__is_active=True)

    def out_of_place(self) -> "RoleGrantQuerySet":
        """Those of a municipality that the person does not belong to (any more)."""
        here = Q(person__municipality__isnull=False, person__municipality=F("municipality"))
        return self.filter(municipality__isnull=False).exclude(here)

    def publishers(self, municipality: Any) -> "RoleGrantQuerySet":
        """Those who answer for a municipality."""
        return self.in_force().filter(role="publisher", municipality=municipality)

    def coordinators(self, region: Any) -> "RoleGrantQuerySet":
        """Those who look after a region; none where there is no region."""
        return self.in_force().filter(role="coordinator", region=region) if region else self.none()
