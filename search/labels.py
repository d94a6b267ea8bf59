"""What the values of facets are called, in the language of the interface."""

from collections.abc import Callable, Collection, Mapping
from functools import cache as cache_for_good
from typing import Any

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from casestudies.choices import Stage, Verdict
from core.pagecache import generation
from library.choices import CostBand, Language
from library.models import ServiceArea
from members.models import MunicipalityPage, Region
from members.population import BANDS
from search import registry

Labels = Mapping[str, str]

# Regions and tags can be renamed without a publication.
KEEP_SECONDS = 60

FACET_LABELS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "service_area": _("Service area"),
    "stage": _("Stage"),
    "verdict": _("Verdict"),
    "setup_cost": _("Set-up cost"),
    "yearly_cost": _("Yearly cost"),
    "population": _("Population"),
    "municipality": _("Municipality"),
    "region": _("Region"),
    "adopted_by": _("Adopted by"),
    "year": _("Year"),
    "has": _("Comes with"),
    "language": _("Language"),
    "tag": _("Tag"),
}
# Values of these don't say by themselves what they are about.
NEEDS_FACET_NAME = ("setup_cost", "yearly_cost", "population", "adopted_by", "year", "has", "tag")
SORT_LABELS: dict[str, str | Promise] = {
    "relevance": _("Best match"),
    "newest": _("Newest"),
    "verified": _("Recently verified"),
    "adopted": _("Most adopted"),
    "like-mine": _("Like my municipality first"),
}
VIEW_LABELS: dict[str, str | Promise] = {"list": _("List"), "cards": _("Cards"), "map": _("Map")}
# These have an order of their own; the others are shown most frequent first.
ORDERED: dict[str, tuple[str, ...]] = {
    "stage": tuple(Stage.values),
    "verdict": tuple(Verdict.values),
    "population": tuple(band.slug for band in BANDS),
    "setup_cost": tuple(CostBand.values),
    "yearly_cost": tuple(CostBand.values),
}
EXTRAS: dict[str, str | Promise] = {
    "tender-files": _("Tender files"),
    "source-code": _("Source code"),
    "data-label": _("Data label"),
}
CHOICES: dict[str, Any] = {
    "stage": Stage,
    "verdict": Verdict,
    "cost": CostBand,
    "setup_cost": CostBand,
    "yearly_cost": CostBand,
    "language": Language,
}


def choice_labels(words: Mapping[str, Any]) -> dict[str, str]:
    """The labels of controlled words by the names of their lists; a word that is not known stands for itself."""
    language = get_language()
    given = ((name, words[name]) for name in CHOICES if words.get(name) is not None)
    return {name: _controlled(language, name).get(word, word) for name, word in given}


@cache_for_good
def _controlled(language: str | None, name: str) -> Labels:
    """The labels of all words of a list, which only a release can change; the language is the active one."""
    return {value: str(label) for value, label in CHOICES[name].choices}


def _kinds(values: Collection[str]) -> Labels:
    found = {value: registry.kinds().get(value) for value in values}
    return {value: str(kind.label) for value, kind in found.items() if kind}


def _bands(values: Collection[str]) -> Labels:
    return {band.slug: str(band.label) for band in BANDS}


def _areas(values: Collection[str]) -> Labels:
    label = "label_fr" if get_language() == "fr" else "label_en"
    return dict(ServiceArea.objects.filter(slug__in=values).values_list("slug", label))


def _municipalities(values: Collection[str]) -> Labels:
    # What a municipality that is not there is called is nobody's business.
    return dict(MunicipalityPage.objects.live().filter(slug__in=values).values_list("slug", "title"))


def _named(model: Any, field: str) -> Callable[[Collection[str]], Labels]:
    return lambda values: dict(model.objects.filter(slug__in=values).values_list("slug", field))


def _years(values: Collection[str]) -> Labels:
    return {value: value for value in values if value.isascii() and value.isdigit() and len(value) == 4}


def _extras(values: Collection[str]) -> Labels:
    return {value: str(EXTRAS[value]) for value in values if value in EXTRAS}


_FIXED: dict[str, Callable[[Collection[str]], Labels]] = {
    "kind": _kinds,
    "population": _bands,
    "year": _years,
    "has": _extras,
}
_STORED: dict[str, Callable[[Collection[str]], Labels]] = {
    "service_area": _areas,
    "municipality": _municipalities,
    "adopted_by": _municipalities,
    "region": _named(Region, "name"),
    "tag": _named(Tag, "name"),
}


def value_labels(facet: str, values: Collection[str]) -> Labels:
    """The labels of a facet's values, in at most one query. Values nobody knows are missing."""
    if not values:
        return {}
    if facet in _STORED:
        return _remembered(facet, values)
    return _FIXED[facet](values) if facet in _FIXED else _choices(facet, values)


def _choices(facet: str, values: Collection[str]) -> Labels:
    known = _controlled(get_language(), facet)
    return {value: known[value] for value in values if value in known}


def _remembered(facet: str, values: Collection[str]) -> Labels:
    """Names change seldom, and every publication starts a new generation: keep them meanwhile."""
    key = f"search:labels:{generation()}:{facet}:{get_language()}"
    known: dict[str, str] = cache.get(key) or {}
    missing = [value for value in values if value not in known]
    found = _STORED[facet](missing) if missing else {}
    if found:
        # Only what exists is kept, so that made-up values in an address can't fill the cache.
        cache.set(key, known | dict(found), KEEP_SECONDS)
    everything = known | dict(found)
    # Others have asked for other values; their names are not this reader's business.
    return {value: everything[value] for value in values if value in everything}
