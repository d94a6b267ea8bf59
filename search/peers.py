"""Municipalities like the reader's own: of its size and tier, or in its region."""

from dataclasses import replace

from members.audience import Reader
from members.models import MunicipalityPage
from members.population import band_of
from search.plan import Group
from search.values import SearchRequest


def groups(reader: Reader) -> tuple[Group, ...]:
    """What municipalities like the reader's have; empty for readers of none, or of one that says too little."""
    own = reader.municipality_ids
    if not own:
        return ()
    # Three values: a whole page takes longer to load than to find.
    found = MunicipalityPage.objects.filter(pk__in=own).order_by()
    return _groups(*found.values_list("population", "tier", "region__slug").first() or (None, "", None))


def _groups(population: int | None, tier: str, region: str | None) -> tuple[Group, ...]:
    band = band_of(population)
    alike: list[Group] = []
    if band:
        alike.append((("population", (band.slug,)), ("tier", (tier,))))
    if region:
        alike.append((("region", (region,)),))
    return tuple(alike)


def without_meaningless(request: SearchRequest, reader: Reader) -> SearchRequest:
    """The request without `like_mine` where the reader has no peers."""
    return replace(request, like_mine=request.like_mine and bool(groups(reader)))
