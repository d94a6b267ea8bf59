"""The list of people, narrowed by what the reader asks for, with counts of what a further choice would leave.

Everything is counted over the people whom the reader may see, and nobody else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.areas import ServiceArea
from library.people.choices import Spoken
from library.people.models import PersonArea, SpokenLanguage
from members.audience import Audience, Reader
from members.models import MunicipalityPage, Person, Region

PAGE_SIZE = 30
MOST_WORDS = 6
LABELS: dict[str, str | Promise] = {
    "help": _("Can help with"),
    "area": _("Works in"),
    "language": _("Language"),
    "region": _("Region"),
    "municipality": _("Municipality"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """What the list can be narrowed by."""

    name: str
    label: str | Promise
    choices: list[Choice]


def page(query: Any, reader: Reader) -> dict[str, Any]:
    """The page's context. Values that nobody knows are ignored, never an error."""
    text = query.get("q", "").replace("\x00", "")[:120]
    chosen = {name: _values(query, name) for name in LABELS}
    everybody = _matching(Person.objects.visible_to(reader), text)
    found = _narrowed(everybody, chosen).select_related("municipality__region").order_by(*_ORDER)
    found = found.prefetch_related("areas__area", "spoken_languages")
    return {
        "people": Paginator(found, PAGE_SIZE).get_page(query.get("page")),
        "text": text,
        "facets": [facet for facet in _facets(everybody, chosen) if facet.choices],
        "is_member": reader.sees_everything or Audience.MEMBERS in reader.labels,
        "is_narrowed": bool(text or any(chosen.values())),
    }


_ORDER = ("last_name", "first_name", "pk")


def _values(query: Any, name: str) -> tuple[str, ...]:
    given = (value.replace("\x00", "")[:120] for value in query.getlist(name)[:20])
    return tuple(dict.fromkeys(value for value in given if value))


def _matching(people: Any, text: str) -> Any:
    """Those with all the words in name, work, place, areas or what they say of themselves."""
    for word in text.split()[:MOST_WORDS]:
        own = ("first_name", "last_name", "job_title", "municipality__title", "profile__about")
        matches = Q()
        for field in own:
            matches |= Q(**{f"{field}__icontains": word})
        called = (
            Q(area__label_en__icontains=word) | Q(area__label_fr__icontains=word) | Q(area__synonyms__icontains=word)
        )  # fmt: skip
        people = people.filter(matches | Exists(_areas_of_person().filter(called)))
    return people


def _areas_of_person() -> Any:
    return PersonArea.objects.filter(person=OuterRef("pk"))


def _in_areas(slugs: Iterable[str], **what: bool) -> Q:
    below = Q(area__slug__in=slugs) | Q(area__parent__slug__in=slugs)
    return Q(Exists(_areas_of_person().filter(below, **what)))


def _speaking(codes: Iterable[str]) -> Q:
    return Q(Exists(SpokenLanguage.objects.filter(person=OuterRef("pk"), code__in=codes)))


_FILTERS: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "help": lambda slugs: _in_areas(slugs, can_help=True),
    "area": lambda slugs: _in_areas(slugs, works_in=True),
    "language": _speaking,
    "region": lambda slugs: Q(municipality__region__slug__in=slugs),
    "municipality": lambda slugs: Q(municipality__slug__in=slugs),
}


def _narrowed(people: Any, chosen: Mapping[str, tuple[str, ...]], without: str = "") -> Any:
    for name, values in chosen.items():
        if values and name != without:
            people = people.filter(_FILTERS[name](values))
    return people


def _facets(everybody: Any, chosen: Mapping[str, tuple[str, ...]]) -> list[Facet]:
    """Each counted as if nothing were chosen in itself."""
    return [
        Facet(name, LABELS[name], _COUNTED[name](_narrowed(everybody, chosen, name), chosen[name]))
        for name in LABELS
    ]


Chosen = tuple[str, ...]


def _places(field: str, model: Any, label: str) -> Callable[[Any, Chosen], list[Choice]]:
    def counted(people: Any, chosen: Chosen) -> list[Choice]:
        rows = people.order_by().values_list(field).annotate(count=Count("pk")).exclude(**{field: None})
        counts = dict(rows)
        wanted = {*counts, *chosen}
        names = model.objects.filter(slug__in=wanted)
        # What is chosen but has nobody, or is not there, is called what was typed: its name tells nothing.
        labels = dict(names.filter(slug__in=counts).values_list("slug", label))
        return _sorted(
            Choice(slug, labels.get(slug, slug), counts.get(slug, 0), slug in chosen) for slug in wanted
        )

    return counted


def _languages(people: Any, chosen: Chosen) -> list[Choice]:
    spoken = SpokenLanguage.objects.filter(person__in=people.order_by().values("pk"))
    counts = dict(spoken.order_by().values_list("code").annotate(count=Count("pk")))
    known = [code for code in Spoken.values if code in counts or code in chosen]
    return [Choice(code, str(Spoken(code).label), counts.get(code, 0), code in chosen) for code in known]


def _areas(**what: bool) -> Callable[[Any, Chosen], list[Choice]]:
    def counted(people: Any, chosen: Chosen) -> list[Choice]:
        said = PersonArea.objects.filter(person__in=people.order_by().values("pk"), **what).order_by()
        number = Count("person", distinct=True)
        below = dict(said.filter(area__parent__isnull=False).values_list("area__slug").annotate(count=number))
        top = Coalesce(F("area__parent__slug"), F("area__slug"))
        above = dict(said.annotate(top=top).values_list("top").annotate(count=number))
        return _tree({**below, **above}, chosen)

    return counted


def _tree(counts: Mapping[str, int], chosen: Chosen) -> list[Choice]:
    """Areas by name; below those that are chosen, their sub-areas."""
    known = ServiceArea.objects.filter(slug__in={*counts, *chosen}).select_related("parent")
    areas = sorted(known, key=lambda area: area.label)
    opened = {area.parent_id or area.pk for area in areas if area.slug in chosen}
    rows: list[Choice] = []
    for top in (area for area in areas if area.parent_id is None):
        below = [area for area in areas if area.parent_id == top.pk and top.pk in opened]
        rows += [
            Choice(area.slug, area.label, counts.get(area.slug, 0), area.slug in chosen, int(area is not top))
            for area in (top, *below)
        ]
    return rows


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (not choice.selected, -choice.count, choice.label))


_COUNTED: dict[str, Callable[[Any, Chosen], list[Choice]]] = {
    "help": _areas(can_help=True),
    "area": _areas(works_in=True),
    "language": _languages,
    "region": _places("municipality__region__slug", Region, "name"),
    "municipality": _places("municipality__slug", MunicipalityPage, "title"),
}
