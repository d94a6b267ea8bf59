"""What every template may know. No queries here but those of the header, when it is shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core import slots
from core.addresses import alternate_urls, canonical_url


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, this page's address, and the same page in the other languages."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "canonical_url": canonical_url(request),
        "alternate_urls": alternate_urls(request),
        # Asked for by whoever shows the header, and by nobody else.
        "header_sections": SimpleLazyObject(lambda: slots.fill("header", request)),
    }
