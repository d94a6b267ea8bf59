"""A search as an Atom feed, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.audience import ANONYMOUS
from search import service
from search.addresses import kept_query, parse
from search.values import Hit

# A shared cache in front may answer for so long with what has just been narrowed.
KEPT_SECONDS = 5


@dataclass(frozen=True)
class Listing:
    """What a feed shows: its name, the page and the feed it belongs to, and the items."""

    title: str
    page_url: str
    feed_url: str
    hits: Sequence[Hit]


class _Atom(Atom1Feed):
    """Says of an empty feed that it never changed, instead of that it changed just now."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=datetime(2020, 1, 1, tzinfo=UTC))


class ResultsFeed(Feed[Hit, Listing]):
    """A listing of results in Atom."""

    feed_type = _Atom

    def title(self, obj: Listing) -> str:
        return obj.title

    def link(self, obj: Listing) -> str:
        return obj.page_url

    def feed_url(self, obj: Listing) -> str:
        return obj.feed_url

    def items(self, obj: Listing) -> Sequence[Hit]:
        return obj.hits

    def item_title(self, item: Hit) -> str:
        return item.title

    def item_description(self, item: Hit) -> str:
        return item.summary

    def item_link(self, item: Hit) -> str:
        return item.url

    def item_guid(self, item: Hit) -> str:
        # Stays when the address changes with a title.
        return f"urn:interurban:{item.kind}:{item.item_id}"

    def item_updateddate(self, item: Hit) -> datetime:
        return datetime.fromtimestamp(item.facts.get("published", 0), UTC)

    def item_categories(self, item: Hit) -> Sequence[str]:
        return [item.kind_label, *item.facts.get("areas", ())]


class PublicFeed(ResultsFeed):
    """What everybody finds, whoever asks: the same bytes for a member as for a stranger."""

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> Listing:
        asked = replace(parse(request.GET, language=get_language() or "en"), sort="newest", page=1)
        page = service.search(replace(asked, like_mine=False, picked=(), view="list"), ANONYMOUS)
        query = kept_query(page.request)
        words = f": {page.request.text}" if page.request.text else ""
        address = reverse("search:results" if page.request.text else "search:browse")
        feed = reverse("search:feed")
        title = _("Interurban: new results") + words
        request.feed_is_full = not page.limited
        return Listing(title, f"{address}?{query}", f"{feed}?{query}" if query else feed, page.hits)

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        if request.feed_is_full:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        else:
            patch_cache_control(response, no_store=True)
        return response
