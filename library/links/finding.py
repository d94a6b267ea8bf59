"""Which addresses of other sites a live item links to, taken anew whenever it was published."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.fields import StreamField

from library.links.addresses import NotForUs, Target, outbound, own_names
from library.links.models import LinksTaken, OutboundLink
from library.registry import kinds

if TYPE_CHECKING:
    from library.items import LibraryPage

BATCH = 20
# Of one page; the rest is not looked at.
MOST_LINKS = 200
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def take() -> int:
    """Take the links of some items that were published since; returns how many items that was."""
    if not settings.LINK_CHECK:
        return 0
    _forget()
    return sum(_take(item) for model in kinds().values() for item in _unread(model))


def _forget() -> None:
    """What nobody reads any more links nowhere."""
    for model in (OutboundLink, LinksTaken):
        model._default_manager.filter(page__live=False).delete()


def _unread(model: Any) -> Any:
    taken = LinksTaken.objects.filter(page=OuterRef("pk"))
    without_revisions = Q(revision=None, page__live_revision=None)
    same = Q(revision=OuterRef("live_revision")) | without_revisions
    return model.objects.live().exclude(Exists(taken.filter(same))).order_by("pk")[:BATCH]


@transaction.atomic
def _take(item: "LibraryPage") -> int:
    found = links_of(item)
    rows = OutboundLink.objects.filter(page=item.pk)
    rows.exclude(url__in=[target.url for target in found]).delete()
    known = set(rows.values_list("url", flat=True))
    new = [target for target in found if target.url not in known]
    OutboundLink.objects.bulk_create(
        [OutboundLink(page_id=item.pk, url=target.url, host=target.host) for target in new],
        ignore_conflicts=True,
    )
    LinksTaken.objects.update_or_create(page_id=item.pk, defaults={"revision": item.live_revision_id})
    return 1


def links_of(item: "LibraryPage") -> list[Target]:
    """The item's links to other sites, each once.

    Those of candid notes, too: whoever answers for an item belongs to its municipality and may read its note.
    """
    own, found = own_names(), {}
    for url in _written(item):
        try:
            found[outbound(url, own)] = True
        except NotForUs:
            continue
    return list(found)[:MOST_LINKS]


def _written(item: "LibraryPage") -> Iterator[str]:
    """Every address that the item names."""
    for html in item.html.values():
        yield from _anchors(html)
    for field in item._meta.get_fields():
        if isinstance(field, models.URLField):
            yield getattr(item, field.name) or ""
        elif isinstance(field, StreamField):
            yield from _addresses(getattr(item, field.name).get_prep_value())


def _addresses(value: Any) -> Iterator[str]:
    """Texts of blocks that are an address and nothing else."""
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _addresses(each)


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def _anchors(html: str) -> list[str]:
    parser = _Anchors()
    parser.feed(html)
    return parser.found
