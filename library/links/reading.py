"""Which links lead nowhere, for those who answer for the items: the rule of “still true”, and nobody else."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count

from library import care
from library.links.models import OutboundLink
from library.registry import kinds
from members.audience import Reader

if TYPE_CHECKING:
    from library.items import LibraryPage
    from members.models import MunicipalityPage

# Items that a desk lists.
MOST_ITEMS = 50


def broken_links(person: Any, item: "LibraryPage") -> list[OutboundLink]:
    """The item's broken links, longest broken first; none for whoever does not answer for it."""
    if not settings.LINK_CHECK or not care.may_verify(person, item):
        return []
    return list(OutboundLink.objects.broken().filter(page=item.pk).order_by("first_failed", "pk"))


def items_with_broken_links(
    person: Any, reader: Reader, municipality: "MunicipalityPage"
) -> list[tuple["LibraryPage", int]]:
    """Items of a municipality that somebody answers for, with how many of their links lead nowhere."""
    if not settings.LINK_CHECK:
        return []
    broken = OutboundLink.objects.broken().filter(page__path__startswith=municipality.path)
    counted = dict(broken.values("page").annotate(links=Count("pk")).values_list("page", "links"))
    here = [
        model.objects.visible_to(reader)
        .filter(pk__in=list(counted), municipality=municipality)
        .select_related("municipality")
        for model in kinds().values()
    ]
    found = [(item, counted[item.pk]) for items in here for item in items if care.may_verify(person, item)]
    return sorted(found, key=lambda pair: pair[0].title)[:MOST_ITEMS]
