"""Reads of municipalities, as verbs that chain."""

from typing import Any

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from members.population import Band


class MunicipalityQuerySet(PageQuerySet):
    """Municipalities."""

    def named(self, name: str) -> "MunicipalityQuerySet":
        """Those whose official name is `name`, whatever its case."""
        return self.filter(official_name__iexact=name.strip())

    def matching(self, text: str) -> "MunicipalityQuerySet":
        """Those with the text in their name."""
        return self.filter(Q(official_name__icontains=text) | Q(title__icontains=text))

    def in_band(self, band: Band) -> "MunicipalityQuerySet":
        """Those of a size."""
        ceiling = Q() if band.upper is None else Q(population__lt=band.upper)
        return self.filter(ceiling, population__gte=band.lower)

    def visible_to(self, reader: Any) -> "MunicipalityQuerySet":
        """Municipalities are public: live is visible."""
        return self.live()


MunicipalityManager = PageManager.from_queryset(MunicipalityQuerySet)
