"""How items of the same kind belong together: translations, and what replaced what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, When
from django.urls import reverse

from library.registry import kinds
from members.audience import Reader

if TYPE_CHECKING:
    from library.items import LibraryPage


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


@dataclass(frozen=True)
class Related:
    """What a page names of other items."""

    translations: list[Link]
    successor: Link | None
    # Where readers of a retired item are sent.
    instead: Link | None
    named: list[Link]


_COLUMNS = ("title", "language", "url_path")


def related(item: "LibraryPage", reader: Reader, named: Any = ()) -> Related:
    """The item in other languages, what replaces it, and those with the ids `named` (a list, or a subquery).

    As far as the reader may see them; one query.
    """
    original = item.translation_of_id or item.pk
    family = Q(pk=original) | Q(translation_of_id=original)
    roles = {
        "of_family": family,
        "replaces": Q(supersedes_id=item.pk),
        "is_instead": Q(pk=item.see_instead_id or 0),
        "is_named": Q(pk__in=named),
    }
    wanted = family | roles["replaces"] | roles["is_instead"] | roles["is_named"]
    marks = {name: Case(When(condition, then=True), default=False) for name, condition in roles.items()}
    each = [
        model.objects.visible_to(reader).filter(wanted).exclude(pk=item.pk).annotate(**marks).order_by()
        for model in kinds().values()
    ]
    rows = [found.values_list(*_COLUMNS, *roles) for found in each]
    found = [(Link(*row[:3]), *row[3:]) for row in rows[0].union(*rows[1:], all=True)]
    found.sort(key=lambda row: row[0].title)
    return Related(
        [link for link, of_family, *_ in found if of_family and link.language != item.language],
        next((link for link, _, replaces, *_ in found if replaces), None),
        next((link for link, _, _, is_instead, _ in found if is_instead), None),
        [link for link, *_, is_named in found if is_named],
    )


def links(ids: Any, reader: Reader) -> list[Link]:
    """The library items with these ids (a list, or a subquery) that the reader may see; one query."""
    each = [
        model.objects.visible_to(reader).filter(pk__in=ids).order_by().values_list(*_COLUMNS)
        for model in kinds().values()
    ]
    found = each[0].union(*each[1:])
    return sorted((Link(*row) for row in found), key=lambda link: link.title)
