"""The page that a comment is on, and who may read it."""

from typing import Any

from django.db.models import Q

from library.models import LibraryPage
from library.registry import kinds
from members.audience import Audience, Reader, can_see, reader_for
from members.models import Person

# A number from an address may be larger than any that a database can be asked for.
MAX_ID = 2**63 - 1


def readable_page(pk: int, reader: Reader) -> LibraryPage | None:
    """The live page of this number, if this reader may see it now."""
    if pk > MAX_ID:
        return None
    found = (model.objects.visible_to(reader).filter(pk=pk).first() for model in kinds().values())
    return next((page for page in found if page is not None), None)


def pages_of(ids: Any) -> dict[int, LibraryPage]:
    """The live pages with these numbers, whoever may read them; with their municipalities."""
    found: dict[int, LibraryPage] = {}
    for model in kinds().values():
        live = model.objects.live().filter(pk__in=set(ids)).select_related("municipality__region")
        found |= {page.pk: page for page in live.prefetch_related("groups")}
    return found


def readers_of(page: LibraryPage, reader: Reader) -> Any:
    """The people who can be found and may read the page: whom this reader may mention. `sees` says it of one.

    Of a page for several working groups, those of the reader's own: who is in a group is for that group.
    """
    people = Person.objects.listed()
    if page.audience in (Audience.PUBLIC, Audience.MEMBERS):
        return people
    if page.audience == Audience.MUNICIPALITY:
        return people.filter(municipality=page.municipality_id)
    if page.audience == Audience.GROUP:
        shared = (
            set(page.group_ids) if reader.sees_everything else set(page.group_ids) & set(reader.group_ids)
        )
        inside = Q(group_memberships__group__in=shared, group_memberships__state="active")
        return people.filter(inside).distinct()
    return people.none()


def sees(person: Person, page: LibraryPage) -> bool:
    """Whether somebody may read the page now: the one rule, asked of one person."""
    return page.live and can_see(reader_for(person), page)
