"""Up to four items side by side: what each says about the same things."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from adoptions.models import Adoption
from library.registry import kinds
from members.audience import Reader
from search.documents import key_of


@dataclass(frozen=True)
class Title:
    """A picked item by its name: enough to show what was picked."""

    key: str
    title: str
    language: str


@dataclass(frozen=True)
class Row:
    """One fact of all items; empty where an item says nothing about it."""

    name: str
    label: str | Promise
    cells: tuple[str, ...]


def titles(keys: Sequence[str], reader: Reader) -> list[Title]:
    """The picked items that this reader may see, in the order of picking; at most one query for each kind."""
    found = {
        key_of(name, pk): Title(key_of(name, pk), title, language)
        for name, ids in _by_kind(keys).items()
        for pk, title, language in _visible(name, ids, reader).values_list("pk", "title", "language")
    }
    return [found[key] for key in keys if key in found]


def items(keys: Sequence[str], reader: Reader) -> list[Any]:
    """The pages themselves, with what the table shows of related objects."""
    found = {
        key_of(name, page.pk): page
        for name, ids in _by_kind(keys).items()
        for page in _visible(name, ids, reader)
        .select_related("municipality")
        .prefetch_related("service_areas")
    }
    return [found[key] for key in keys if key in found]


def _by_kind(keys: Sequence[str]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = defaultdict(list)
    for kind, _colon, number in (key.partition(":") for key in keys):
        if kind in kinds():
            named[kind].append(int(number))
    return named


def _visible(name: str, ids: list[int], reader: Reader) -> Any:
    return kinds()[name].objects.visible_to(reader).filter(pk__in=ids).order_by()


def rows(pages: Sequence[Any], reader: Reader) -> list[Row]:
    """The facts that at least one of the items states."""
    adopters = _adopters(pages, reader)
    table = [Row(name, label, tuple(read(page) for page in pages)) for name, label, read in _FACTS]
    table.append(Row("adopters", _("Adopted by"), tuple(adopters.get(page.pk, "") for page in pages)))
    return [row for row in table if any(row.cells)]


def _adopters(pages: Sequence[Any], reader: Reader) -> Mapping[int, str]:
    """Those that use it and say so to this reader."""
    used = Adoption.objects.visible_to(reader).in_use().filter(source_id__in=[page.pk for page in pages])
    names: dict[int, list[str]] = defaultdict(list)
    for source, name in used.values_list("source_id", "municipality__title"):
        names[source].append(name)
    return {source: ", ".join(found) for source, found in names.items()}


def _said(*names: str) -> Callable[[Any], str]:
    """The first of these fields that the item has and fills in, in words."""
    return lambda page: next((text for name in names if (text := _in_words(page, name))), "")


def _in_words(page: Any, name: str) -> str:
    value = getattr(page, name, None)
    if not value:
        return ""
    shown = getattr(page, f"get_{name}_display", None)
    if shown:
        return str(shown())
    return date_format(value) if hasattr(value, "year") else str(value)


def _municipality(page: Any) -> str:
    town = page.municipality
    people = f" ({number_format(town.population, force_grouping=True)})" if town.population else ""
    return f"{town.official_name}{people}"


def _staff(page: Any) -> str:
    months = getattr(page, "staff_months", None)
    if months is None:
        return str(getattr(page, "staff_time", ""))
    return ngettext("%(number)s month", "%(number)s months", int(months)) % {"number": number_format(months)}


def _outcomes(page: Any) -> str:
    return "\n".join(
        " → ".join(part for part in (block.value["baseline"], block.value["result"]) if part)
        + (f" {block.value['unit']}" if block.value["unit"] else "")
        + f" ({block.value['metric']})"
        for block in getattr(page, "outcomes", ())
    )


def _tender_files(page: Any) -> str:
    count = len(getattr(page, "tender_files", ()))
    return ngettext("%(count)d file", "%(count)d files", count) % {"count": count} if count else ""


_FACTS: tuple[tuple[str, str | Promise, Callable[[Any], str]], ...] = (
    ("kind", _("Kind"), lambda page: str(page._meta.verbose_name)),
    ("municipality", _("Municipality (residents)"), _municipality),
    ("summary", _("In one sentence"), _said("summary")),
    ("stage", _("Stage"), _said("stage", "status")),
    ("verdict", _("Verdict"), _said("verdict")),
    ("outcomes", _("Outcomes"), _outcomes),
    ("setup_cost", _("Set-up cost"), _said("setup_cost", "cost_band")),
    ("yearly_cost", _("Yearly cost"), _said("yearly_cost")),
    ("staff", _("Staff time"), _staff),
    ("duration", _("Duration"), _said("duration")),
    ("started", _("Started"), _said("started")),
    ("went_live", _("Went live"), _said("went_live")),
    ("beneficiaries", _("Beneficiaries"), _said("beneficiaries")),
    ("areas", _("Service areas"), lambda page: ", ".join(area.label for area in page.service_areas.all())),
    ("funding", _("Funding"), _said("funding")),
    ("procurement", _("Procurement route"), _said("procurement")),
    ("tender_files", _("Tender files"), _tender_files),
    ("verified", _("Last verified"), _said("last_verified")),
    ("retired", _("Retired"), _said("retired_on")),
    ("language", _("Language"), _said("language")),
)
