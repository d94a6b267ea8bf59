"""Reads of adoptions, as verbs that chain."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Sum

from members.audience import Reader, audience_filter

# States in which a municipality really uses what it took up.
IN_USE = ("piloting", "live", "adapted")


class AdoptionQuerySet(models.QuerySet[Any]):
    """Adoptions."""

    def visible_to(self, reader: Reader) -> "AdoptionQuerySet":
        """Those whose audience the reader belongs to."""
        return self.filter(audience_filter(reader))

    def of(self, page: Any) -> "AdoptionQuerySet":
        """Adoptions of one case study or playbook, with their municipalities."""
        return self.filter(source_id=page.pk).select_related("municipality")

    def in_use(self) -> "AdoptionQuerySet":
        """Those in which the thing is really used."""
        return self.filter(state__in=IN_USE)

    def months_saved(self) -> Decimal:
        """The sum of what adopters say they saved, in months."""
        return self.aggregate(total=Sum("months_saved"))["total"] or Decimal(0)
