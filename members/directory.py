"""The list of municipalities, narrowed by what the reader asks for: as cards, on a map, or those like one of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator

from core import slots
from members.alike import peers_of
from members.models import MunicipalityPage, Region
from members.municipalities import Tier
from members.population import BANDS, band_named

PAGE_SIZE = 60
VIEWS = ("cards", "map")


def municipality_directory(request: Any) -> dict[str, Any]:
    """Return the page's context. Unknown values are ignored, never an error."""
    names = ("q", "region", "tier", "size", "like", "view")
    chosen = {name: request.GET.get(name, "").replace("\x00", "")[:120] for name in names}
    chosen["view"] = chosen["view"] if chosen["view"] in VIEWS else VIEWS[0]
    found = _narrowed(chosen)
    like = MunicipalityPage.objects.live().filter(slug=chosen["like"]).first() if chosen["like"] else None
    peers = peers_of(like, found) if like else []
    shown = [peer.municipality for peer in peers] if like else found
    return {
        "like": like,
        "peers": {peer.municipality.pk: peer.reasons for peer in peers},
        "municipalities": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "everywhere": list(shown) if chosen["view"] == "map" else [],
        "chosen": chosen,
        "regions": Region.objects.all(),
        "tiers": [choice for choice in Tier.choices if choice[0] != Tier.NONE],
        "sizes": BANDS,
        "mine": _own(request),
        "views": {view: _address(chosen, view) for view in VIEWS},
        "map": slots.fill("map of municipalities", request, shown) if chosen["view"] == "map" else [],
    }


def _narrowed(chosen: Mapping[str, str]) -> Any:
    found = MunicipalityPage.objects.live().select_related("region", "upper_tier").order_by("title")
    if chosen["q"]:
        found = found.matching(chosen["q"])
    if chosen["region"]:
        found = found.filter(region__slug=chosen["region"])
    if chosen["tier"] in Tier.values:
        found = found.filter(tier=chosen["tier"])
    if band := band_named(chosen["size"]):
        found = found.in_band(band)
    return found


def _own(request: Any) -> str:
    """The slug of the reader's own municipality; empty for readers of none."""
    user = request.user
    return user.municipality.slug if user.is_authenticated and user.municipality_id else ""


def _address(chosen: Mapping[str, str], view: str) -> str:
    kept = {**chosen, "view": view if view != VIEWS[0] else ""}
    return f"?{urlencode({name: value for name, value in kept.items() if value})}"
