"""Municipalities like the reader's own: of its size and tier, or in its region."""

from dataclasses import replace

from members.audience import Reader
from members.models import MunicipalityPage
from search.plan import Group
from search.values import SearchRequest


def groups(reader: Reader) -> tuple[Group, ...]:
    """What municipalities like the reader's have; empty for readers of none, or of one that says too little."""
    own = reader.municipality_ids
    found = MunicipalityPage.objects.select_related("region").filter(pk__in=own).first() if own else None
    return _groups(found) if found else ()


def _groups(municipality: MunicipalityPage) -> tuple[Group, ...]:
    band, region = municipality.population_band, municipality.region
    alike: list[Group] = []
    if band:
        alike.append((("population", (band.slug,)), ("tier", (municipality.tier,))))
    if region:
        alike.append((("region", (region.slug,)),))
    return tuple(alike)


def without_meaningless(request: SearchRequest, reader: Reader) -> SearchRequest:
    """The request without `like_mine` where the reader has no peers."""
    return replace(request, like_mine=request.like_mine and bool(groups(reader)))
