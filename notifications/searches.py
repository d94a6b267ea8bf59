"""What people do with their saved searches."""

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.crypto import get_random_string

from members.audience import Reader, reader_for
from notifications.models import Cadence, Notice, SavedSearch
from search import peers
from search.addresses import kept_query, parse
from search.values import SearchRequest

# More than these is no use to a person, and a cost to all.
MOST = 50


class TooMany(Exception):
    """The person has as many saved searches as one may have."""


@transaction.atomic
def save(*, by: Any, name: str, request: SearchRequest, cadence: str) -> SavedSearch:
    """Keep a search under a name. Raises TooMany."""
    if SavedSearch.objects.of(by).count() >= MOST:
        raise TooMany
    return SavedSearch.objects.create(
        person=by, name=name, query=kept_query(request), language=request.language, cadence=cadence
    )


@transaction.atomic
def change(*, by: Any, search: SavedSearch, name: str, cadence: str) -> None:
    """Another name, another rhythm. Who asks for mail again is told of what comes from then on."""
    if cadence == Cadence.OFF:
        Notice.objects.filter(search=search, sent=None).delete()
    elif search.cadence == Cadence.OFF:
        search.looked = None
    search.name, search.cadence = name, cadence
    search.save(update_fields=["name", "cadence", "looked"])


def stop_mail(*, searches: Any) -> None:
    """No mail about these any more; by whoever holds the signed address from a mail."""
    with transaction.atomic():
        Notice.objects.filter(search__in=searches, sent=None).delete()
        searches.update(cadence=Cadence.OFF)


def delete(*, by: Any, search: SavedSearch) -> None:
    """Forget it; its feed's address leads nowhere from now on."""
    search.delete()


def open_feed(*, by: Any, search: SavedSearch) -> None:
    """Give it a new feed address; the one before is out of use."""
    search.feed_key = get_random_string(24)
    search.save(update_fields=["feed_key"])


def close_feed(*, by: Any, search: SavedSearch) -> None:
    """Put its feed address out of use."""
    search.feed_key = ""
    search.save(update_fields=["feed_key"])


def request_of(search: SavedSearch) -> tuple[SearchRequest, Reader]:
    """The search as its owner may make it now, newest first."""
    reader = reader_for(search.person)
    query = QueryDict(search.query, mutable=True)
    query["sort"] = "newest"
    request = parse(query, language=search.language)
    return peers.without_meaningless(request, reader), reader
