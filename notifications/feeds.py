"""A saved search as a feed of its owner's own, at an address that can be put out of use."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare

from notifications.models import SavedSearch
from notifications.searches import request_of
from search import service
from search.feeds import Listing, ResultsFeed

_SALT = "notifications.feed"


def address(search: SavedSearch) -> str:
    """The feed's address; whoever has it reads what the owner may read."""
    token = signing.Signer(salt=_SALT).sign_object([search.pk, search.feed_key])
    return reverse("notifications:feed", args=[token])


def _search_of(token: str) -> SavedSearch:
    try:
        pk, key = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    found = SavedSearch.objects.select_related("person").filter(pk=pk, person__is_active=True).first()
    if found is None or not found.feed_key or not constant_time_compare(found.feed_key, key):
        raise Http404
    return found


class PersonalFeed(ResultsFeed):
    """What the owner finds now; rights are those of this moment, not those of when it was saved."""

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> Listing:
        search = _search_of(kwargs["token"])
        asked, reader = request_of(search)
        page = service.search(asked, reader)
        return Listing(search.name, search.get_absolute_url(), request.get_full_path(), page.hits)

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        return response
