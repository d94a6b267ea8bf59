"""How items of the same kind belong together: translations, and what replaced what."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from members.audience import Reader

if TYPE_CHECKING:
    from library.items import LibraryPage


def translations_and_successor(item: "LibraryPage", reader: Reader) -> tuple[list[Any], Any | None]:
    """The item in other languages, and the one that replaces it, as far as the reader may see them; one query."""
    original = item.translation_of_id or item.pk
    related = Q(pk=original) | Q(translation_of_id=original) | Q(supersedes_id=item.pk)
    found = list(type(item).objects.visible_to(reader).filter(related).exclude(pk=item.pk))
    family = [other for other in found if original in {other.pk, other.translation_of_id}]
    successors = [other for other in found if other.supersedes_id == item.pk]
    return [other for other in family if other.language != item.language], next(iter(successors), None)
