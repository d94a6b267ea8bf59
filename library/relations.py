"""How items of the same kind belong together: translations, and what replaced what."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from members.audience import Reader

if TYPE_CHECKING:
    from library.items import LibraryPage


def translations(item: "LibraryPage", reader: Reader) -> list[Any]:
    """The same item in other languages, as far as the reader may see them."""
    original = item.translation_of_id or item.pk
    family = Q(pk=original) | Q(translation_of_id=original)
    found = type(item).objects.visible_to(reader).filter(family).exclude(pk=item.pk)
    return list(found.exclude(language=item.language))


def superseded_by(item: "LibraryPage", reader: Reader) -> Any | None:
    """The item that replaces this one, if the reader may see it."""
    return type(item).objects.visible_to(reader).filter(supersedes_id=item.pk).first()
