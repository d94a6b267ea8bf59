"""Two editions of an item side by side, field by field, with Wagtail's own comparisons."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.compare import comparison_class_registry

from authoring.models import Edition
from library.models import LibraryPage
from members.audience import Reader, can_see

# Bookkeeping, and what is shown elsewhere.
_LEFT_OUT = {
    "page_ptr", "rendered", "municipality", "groups", "audience", "cleared_by", "cleared_on",
    "cleared_version", "last_verified", "review_by", "supersedes", "translation_of", "based_on", "adapted_from",
    "retired_on", "retired_why", "see_instead",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field that differs; `html` is escaped, with what went and what came marked."""

    label: str
    html: SafeString


def readable(page: LibraryPage, reader: Reader) -> list[Edition]:
    """The editions of an item that this reader may see: it, and each as it was then; the newest first.

    Each has its `place` among them, from 1 for the oldest: a number that is missing would tell of one that is hidden.
    """
    if not page.is_visible_to(reader):
        return []
    found = [edition for edition in Edition.objects.of(page) if can_see(reader, edition)]
    for place, edition in enumerate(reversed(found), start=1):
        edition.place = place
    return found


def differences(page: LibraryPage, older: Edition, newer: Edition) -> list[Difference]:
    """What differs between two editions. Fields with readers of their own are in none of them."""
    first, second = (_item(page, edition) for edition in (older, newer))
    meta = page._meta
    left_out = _LEFT_OUT | {name for pair in page.restricted_fields.items() for name in pair}
    fields = [meta.get_field("title"), *meta.local_fields, *meta.local_many_to_many]
    compared = [_compare(field, first, second) for field in fields if field.name not in left_out]
    return [found for found in compared if found is not None]


def _item(page: LibraryPage, edition: Edition) -> LibraryPage:
    content = {**edition.content, "pk": page.pk}
    return page.with_content_json(content)


def _compare(field: Any, first: Any, second: Any) -> Difference | None:
    known = comparison_class_registry.get(field)
    if known is None:
        return None
    comparison = known(field, first, second)
    if not comparison.has_changed():
        return None
    return Difference(str(comparison.field_label()), comparison.htmldiff())
