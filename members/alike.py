"""Municipalities like another one: of about its size and of its tier, or of its region, with the reasons.

Density is not compared: the source of Ontario's municipalities has no land area.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from members.municipalities import MunicipalityPage, Tier

MOST = 24
# Of two populations, the smaller is at least this part of the larger.
ABOUT = 0.67
_WEIGHT = {"population": 3.0, "tier": 1.0, "region": 1.0}


@dataclass(frozen=True)
class Peer:
    """A municipality that is like another, and why."""

    municipality: MunicipalityPage
    likeness: float
    reasons: tuple[str, ...]


def peers_of(one: MunicipalityPage, among: Iterable[MunicipalityPage], most: int = MOST) -> list[Peer]:
    """The most alike first. Whoever shares neither the size nor two other things is no peer."""
    found = (_compared(one, other) for other in among if other.pk != one.pk and other.tier != Tier.NONE)
    ranked = sorted(
        (peer for peer in found if peer), key=lambda peer: (-peer.likeness, peer.municipality.title)
    )
    return ranked[:most]


def _compared(one: MunicipalityPage, other: MunicipalityPage) -> Peer | None:
    size = _ratio(one.population, other.population)
    shared = dict(_shared(one, other, size))
    if "population" not in shared and len(shared) < 2:
        return None
    likeness = size * _WEIGHT["population"] + sum(_WEIGHT[name] for name in shared if name != "population")
    return Peer(other, likeness, tuple(shared.values()))


def _shared(one: MunicipalityPage, other: MunicipalityPage, size: float) -> Iterator[tuple[str, str]]:
    if size >= ABOUT:
        yield "population", _("similar population: %(number)s") % {"number": intcomma(other.population)}
    if _tier(one) and _tier(one) == _tier(other):
        yield "tier", _("same tier: %(tier)s") % {"tier": other.get_tier_display()}
    if one.region_id and one.region_id == other.region_id:
        yield "region", _("same region: %(region)s") % {"region": other.region.name if other.region else ""}


def _ratio(one: int | None, other: int | None) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0


def _tier(page: MunicipalityPage) -> str:
    # A separated town is a single-tier one that lies within a county.
    return Tier.SINGLE.value if page.tier == Tier.SEPARATED else page.tier
