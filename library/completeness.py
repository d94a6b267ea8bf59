"""The completeness meter: what would make an item more useful to a peer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from library.items import LibraryPage


@dataclass(frozen=True)
class Completeness:
    """`percent` from 0 to 100; `missing` holds the labels of what is not there yet, most useful first."""

    percent: int
    missing: tuple[str | Promise, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the item earns the "complete" badge."""
        return not self.missing


def completeness_of(item: "LibraryPage") -> Completeness:
    """Return the meter's reading over the item's required and useful fields."""
    names = (*item.required_fields, *item.useful_fields)
    missing = [name for name in names if not is_filled(item, name)]
    percent = round(100 * (len(names) - len(missing)) / len(names)) if names else 100
    return Completeness(percent, tuple(_label(item, name) for name in missing))


def is_filled(item: Any, name: str) -> bool:
    """Whether a field has content. "No" is an answer; nothing is not."""
    if name == "service_areas":
        return item.pk is not None and bool(item.area_list)
    value = getattr(item, name)
    if value is None or value == "":
        return False
    return len(value) > 0 if hasattr(value, "__len__") else True


def _label(item: Any, name: str) -> str | Promise:
    return item._meta.get_field(name).verbose_name
