"""What crawlers may find: what anybody may read, each item in its own language."""

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap

from core.addresses import in_language
from library.registry import kinds
from members.audience import ANONYMOUS


class ItemSitemap(Sitemap):
    """All public items. The same bytes for every reader."""

    limit = 5000

    def items(self) -> list[Any]:
        """Public items of all kinds."""
        found = [model.objects.visible_to(ANONYMOUS).order_by("pk") for model in kinds().values()]
        return [
            item
            for items in found
            for item in items.only("url_path", "language", "last_published_at", "path", "depth")
        ]

    def location(self, item: Any) -> str:
        return in_language(item.get_url() or "/", item.language)

    def lastmod(self, item: Any) -> datetime.datetime | None:
        """When the item last changed for its readers."""
        published: datetime.datetime | None = item.last_published_at
        return published
