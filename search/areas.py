"""The two levels of service areas, as far as searches must know them."""

from collections.abc import Iterable, Mapping

from django.core.cache import cache

from core.pagecache import generation
from library.models import ServiceArea

# Areas may be edited without a publication.
KEEP_SECONDS = 60


def parents() -> Mapping[str, str]:
    """Each sub-area's parent, by their slugs."""
    key = f"search:areas:{generation()}"
    known: dict[str, str] | None = cache.get(key)
    if known is None:
        rows = ServiceArea.objects.exclude(parent=None).order_by("code")
        known = dict(rows.values_list("slug", "parent__slug"))
        cache.set(key, known, KEEP_SECONDS)
    return known


def narrowest(chosen: Iterable[str]) -> tuple[str, ...]:
    """What the choice means: an area stands for all below it, unless some of those are chosen themselves."""
    chosen = tuple(chosen)
    above = parents() if len(chosen) > 1 else {}
    opened = {above[slug] for slug in chosen if slug in above}
    return tuple(slug for slug in chosen if slug not in opened)
