"""How items of the same kind belong together: translations, and what replaced what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from library.registry import kinds
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


@dataclass(frozen=True)
class Link:
    """A page that another one names: enough for a link."""

    title: str
    language: str
    url_path: str

    @property
    def url(self) -> str:
        """Its address in the language of the interface; the first part of `url_path` is the home page's slug."""
        return reverse("wagtail_serve", args=[self.url_path.split("/", 2)[2]])


def links(ids: Any, reader: Reader) -> list[Link]:
    """The library items with these ids (a list, or a subquery) that the reader may see; one query."""
    columns = ("title", "language", "url_path")
    each = [
        model.objects.visible_to(reader).filter(pk__in=ids).order_by().values_list(*columns)
        for model in kinds().values()
    ]
    found = each[0].union(*each[1:])
    return sorted((Link(*row) for row in found), key=lambda link: link.title)
