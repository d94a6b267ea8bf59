"""Pieces that documents of several kinds are made of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from wagtail.fields import StreamField
from wagtail.models import Page

from core import markdown
from search.documents import AttachedFile


def prose_of(thing: Any, names: Iterable[str]) -> str:
    """The words of some of a thing's Markdown fields, from the HTML that is stored beside them."""
    return "\n".join(markdown.plain(html) for name in names if (html := thing.rendered.get(name)))


def block_words(page: Any) -> str:
    """The words in a page's stream fields."""
    words = (field.get_searchable_content(value) for field, value in _streams(page))
    return "\n".join(str(word) for found in words for word in found)


def _streams(page: Any) -> Iterator[tuple[StreamField, Any]]:
    """The stream fields that have something in them."""
    for field in _stream_fields(page.__class__):
        value = getattr(page, field.name)
        if value:
            yield field, value


@cache
def _stream_fields(model: type[Page]) -> tuple[StreamField, ...]:
    return tuple(field for field in model._meta.get_fields() if isinstance(field, StreamField))


def files_by(rows: Any, owner: str) -> Mapping[int, list[AttachedFile]]:
    """The names and words of the files that rows with a `file` lead to, by the number of what each belongs to."""
    found: dict[int, list[AttachedFile]] = defaultdict(list)
    for pk, name, text in rows.values_list(owner, "file__title", "file__words__text"):
        found[pk].append(AttachedFile(name or "", text or ""))
    return found


def path_of(url: str | None) -> str:
    """An address without host and language prefix; the door adds the reader's language."""
    path = url or ""
    for code, _ in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}")
    return path


def page_path(page: Any) -> str:
    """A page's address below the one site's root, without its language prefix."""
    return f"/{page.url_path.split('/', 2)[2]}"


def year_of(*moments: datetime | date | None) -> int:
    """The year of the first moment that is known; 0 if none is."""
    return next((moment.year for moment in moments if moment), 0)


def seconds(moment: datetime | date | None) -> int:
    """A moment as a number to sort by; 0 for never."""
    if moment is None:
        return 0
    if isinstance(moment, datetime):
        return int(moment.timestamp())
    return (moment - date(1970, 1, 1)).days * 86_400


def municipality_facets(municipality: Any) -> dict[str, tuple[str, ...]]:
    """What a municipality's own facts let one filter by."""
    band = municipality.population_band
    return {
        "municipality": (municipality.slug,),
        "region": (municipality.region.slug,) if municipality.region else (),
        "population": (band.slug,) if band else (),
        "tier": (municipality.tier,),
    }


def municipality_display(municipality: Any) -> dict[str, Any]:
    """What a hit says about its municipality."""
    return {"municipality": municipality.title, "population": municipality.population}


def area_facets(areas: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """A sub-area counts for its parent too, so that choosing the parent shows everything below it."""
    slugs = [slug for area in areas for slug in (area.slug, area.parent.slug if area.parent else "")]
    return {"service_area": tuple(dict.fromkeys(slug for slug in slugs if slug))}


def area_words(areas: Iterable[Any]) -> str:
    """Everything people may call these service areas, in both languages."""
    return " , ".join(area.words() for area in areas)


def area_display(areas: Iterable[Any]) -> dict[str, Any]:
    """The labels of service areas, for either language of the interface."""
    known = list(areas)
    above = list({area.parent.pk: area.parent for area in known if area.parent}.values())
    return {"areas": _labels(known), "areas_above": _labels(above)}


def _labels(areas: Iterable[Any]) -> dict[str, list[str]]:
    known = list(areas)
    return {"en": [area.label_en for area in known], "fr": [area.label_fr for area in known]}


def given(**values: Any) -> Mapping[str, tuple[str, ...]]:
    """Facets from single values; empty ones are left out."""
    return {name: (str(value),) for name, value in values.items() if value}
