"""One address per page and language: `/en/…` and `/fr/…` are the same page in two interfaces."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

_NAMES = {"en": "English", "fr": "Français"}


@dataclass(frozen=True)
class Alternate:
    """The same page in another language of the interface."""

    code: str
    label: str
    url: str
    current: bool


def in_language(path: str, code: str) -> str:
    """Return the path with its language prefix replaced by, or given, `code`."""
    first, _, rest = path.lstrip("/").partition("/")
    codes = {known for known, _ in settings.LANGUAGES}
    return f"/{code}/{rest}" if first in codes else f"/{code}/{path.lstrip('/')}"


def canonical_url(request: HttpRequest) -> str:
    """The full address of this page without its query."""
    return request.build_absolute_uri(request.path)


def alternate_urls(request: HttpRequest) -> list[Alternate]:
    """This page's addresses in every language, keeping the query (a search stays the search)."""
    query = request.META.get("QUERY_STRING", "")
    suffix = f"?{query}" if query else ""
    own = getattr(request, "alternates", {})
    return [
        Alternate(
            code,
            _NAMES[code],
            own.get(code, in_language(request.path, code)) + suffix,
            code == get_language(),
        )
        for code, _ in settings.LANGUAGES
    ]
