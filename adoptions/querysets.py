"""Reads of adoptions, as verbs that chain."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum

from library.registry import kinds
from members.audience import Reader, audience_filter

# States in which a municipality really uses what it took up.
IN_USE = ("piloting", "live", "adapted")


class AdoptionQuerySet(models.QuerySet[Any]):
    """Adoptions."""

    def visible_to(self, reader: Reader) -> "AdoptionQuerySet":
        """Those whose audience the reader belongs to, of sources that the reader may see too.

        An adoption of a source that one may not see would betray it, in a list as in a count.
        """
        sources = Q()
        for model in kinds().values():
            sources |= Q(source__in=model.objects.visible_to(reader).order_by().values("pk"))
        return self.filter(audience_filter(reader), sources, municipality__live=True)

    def around(self, municipality: Any) -> "AdoptionQuerySet":
        """What a municipality took up, and what others took up of it."""
        here = Q(municipality=municipality)
        for model in kinds().values():
            here |= Q(source__in=model.objects.filter(municipality=municipality).order_by().values("pk"))
        return self.filter(here)

    def of(self, page: Any) -> "AdoptionQuerySet":
        """Adoptions of one case study or playbook, with their municipalities."""
        return self.filter(source_id=page.pk).select_related("municipality")

    def in_use(self) -> "AdoptionQuerySet":
        """Those in which the thing is really used."""
        return self.filter(state__in=IN_USE)

    def saved_and_in_use(self) -> dict[str, Any]:
        """What adopters say they saved, in months, and in how many of these the thing is used; one query."""
        counted: dict[str, Any] = self.aggregate(
            months=Sum("months_saved"), in_use=Count("pk", filter=Q(state__in=IN_USE))
        )
        return counted | {"months": counted["months"] or Decimal(0)}
