"""Whole anonymous pages, kept until something public changes.

A page is kept only if the request carried no session and the response sets no cookie, so a
member's copy can never be stored or served. Every kept page belongs to a generation; an event
starts the next generation, after its transaction has committed, and old copies are never read again.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

_GENERATION = "pagecache:generation"
_SKIP_PREFIXES = ("/admin/", "/healthz", "/readyz", "/documents/", "/metrics", "/static/")
_MAX_BYTES = 300_000

GetResponse = Callable[[HttpRequest], HttpResponse]


def generation() -> str:
    """The current generation, as stored in the cache; a lost one starts anew."""
    value = cache.get(_GENERATION)
    return value if value is not None else invalidate()


def invalidate() -> str:
    """Start the next generation: no page kept so far is served again."""
    value = f"{time.time_ns():x}"
    cache.set(_GENERATION, value, timeout=None)
    return value


class AnonymousPageCacheMiddleware:
    """Serve kept pages before sessions, languages or views are touched."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_SECONDS or not _may_be_kept(request):
            return self.get_response(request)
        # Read before the view runs: a change while it renders makes this copy unreachable.
        key = _key(request, generation())
        kept = cache.get(key)
        if kept is not None:
            return _restore(kept)
        response = self.get_response(request)
        if _is_public(request, response):
            cache.set(key, _dump(response), settings.PAGE_CACHE_SECONDS)
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method not in {"GET", "HEAD"} or request.path.startswith(_SKIP_PREFIXES):
        return False
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in names) and "Authorization" not in request.headers


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if getattr(request, "user", None) and request.user.is_authenticated:
        return False
    private = "private" in response.get("Cache-Control", "") or "no-store" in response.get(
        "Cache-Control", ""
    )
    return not private and len(response.content) <= _MAX_BYTES


def _key(request: HttpRequest, current: str) -> str:
    # Without a language prefix the answer depends on what the reader prefers.
    path = request.get_full_path()
    prefixed = request.path.startswith(tuple(f"/{code}/" for code, _ in settings.LANGUAGES))
    language = "" if prefixed else request.headers.get("Accept-Language", "")[:60]
    partial = request.headers.get("HX-Request", "") + request.headers.get("HX-Target", "")
    import hashlib

    text = "|".join((request.method or "", request.get_host(), path, language, partial))
    return f"page:{current}:{hashlib.sha256(text.encode()).hexdigest()}"


def _dump(response: HttpResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    patch_vary_headers(response, ["Cookie"])
    return response.status_code, response.content, list(response.items())


def _restore(kept: tuple[int, bytes, list[tuple[str, str]]]) -> HttpResponse:
    status, content, headers = kept
    response = HttpResponse(content, status=status)
    for name, value in headers:
        response[name] = value
    return response
