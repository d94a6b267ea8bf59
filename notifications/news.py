"""What is new in a saved search: what matches now and was not known before."""

import logging
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from notifications.models import Notice, SavedSearch
from notifications.searches import request_of
from search import service
from search.values import Hit

logger = logging.getLogger(__name__)

Item = tuple[str, int]

# So many of the newest results are looked at; beyond that, only what was published since counts as new.
PAGE, PAGES = 200, 5


class NoAnswer(Exception):
    """No engine could say what matches; it is asked again later."""


def look(search: SavedSearch, now: datetime) -> int:
    """Note what is new since the last time; the first time everything there is counts as known.

    Returns how much is new. Two processes may look at once: only one notes what it saw. Raises NoAnswer.
    """
    found, is_all = _matching(search)
    with transaction.atomic():
        unchanged = SavedSearch.objects.filter(pk=search.pk, looked=search.looked)
        if not unchanged.update(looked=now):
            return 0
        fresh = [
            item for item in found if is_all or _published(found[item]) >= int(search.created.timestamp())
        ]
        return _note(search, fresh if search.looked else list(found), now)


def _note(search: SavedSearch, items: list[Item], now: datetime) -> int:
    known = set(Notice.objects.filter(search=search).values_list("kind", "item_id"))
    is_first = search.looked is None
    new = [
        Notice(search=search, kind=kind, item_id=pk, found=now, sent=now if is_first else None)
        for kind, pk in items
        if (kind, pk) not in known
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return 0 if is_first else len(new)


def _matching(search: SavedSearch) -> tuple[dict[Item, Hit], bool]:
    """The newest of what the owner finds now, and whether that is all of it."""
    request, reader = request_of(search)
    found: dict[Item, Hit] = {}
    for number in range(1, PAGES + 1):
        page = service.search(replace(request, page=number, page_size=PAGE, verbatim=True), reader)
        if page.limited and not page.total:
            raise NoAnswer
        found |= {(hit.kind, hit.item_id): hit for hit in page.hits}
        if not page.has_next:
            return found, True
    return found, False


def _published(hit: Hit) -> int:
    return int(hit.facts.get("published", 0))
