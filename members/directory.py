"""The list of municipalities, narrowed by what the reader asks for."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator

from members.models import MunicipalityPage, Region
from members.municipalities import Tier
from members.population import BANDS, band_named

PAGE_SIZE = 60


def municipality_directory(query: Mapping[str, str]) -> dict[str, Any]:
    """Return the page's context. Unknown values are ignored, never an error."""
    chosen = {name: query.get(name, "")[:120] for name in ("q", "region", "tier", "size")}
    found = MunicipalityPage.objects.live().select_related("region", "upper_tier").order_by("title")
    if chosen["q"]:
        found = found.matching(chosen["q"].replace("\x00", ""))
    if chosen["region"]:
        found = found.filter(region__slug=chosen["region"].replace("\x00", ""))
    if chosen["tier"] in Tier.values:
        found = found.filter(tier=chosen["tier"])
    if band := band_named(chosen["size"]):
        found = found.in_band(band)
    page = Paginator(found, PAGE_SIZE).get_page(query.get("page"))
    return {
        "municipalities": page,
        "chosen": chosen,
        "regions": Region.objects.all(),
        "tiers": [choice for choice in Tier.choices if choice[0] != Tier.NONE],
        "sizes": BANDS,
    }
