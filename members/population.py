"""Population bands: the sizes in which municipalities find peers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Band:
    """A range of residents; `upper` is exclusive, None where there is no limit."""

    slug: str
    label: str | Promise
    lower: int
    upper: int | None


BANDS = (
    Band("under-2500", _("under 2,500"), 0, 2_500),
    Band("2500-10000", _("2,500 to 10,000"), 2_500, 10_000),
    Band("10000-50000", _("10,000 to 50,000"), 10_000, 50_000),
    Band("50000-100000", _("50,000 to 100,000"), 50_000, 100_000),
    Band("100000-500000", _("100,000 to 500,000"), 100_000, 500_000),
    Band("over-500000", _("over 500,000"), 500_000, None),
)


def band_of(population: int | None) -> Band | None:
    """Return the band of a population in residents; None when it is unknown."""
    if population is None:
        return None
    return next(band for band in BANDS if band.upper is None or population < band.upper)


def band_named(slug: str) -> Band | None:
    """Return the band with this slug, or None."""
    return next((band for band in BANDS if band.slug == slug), None)
