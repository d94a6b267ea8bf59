"""Puts the reader on the request, worked out only if somebody asks; and keeps old addresses from telling new ones."""

from collections.abc import Callable
from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from members.audience import ANONYMOUS, reader_for


class ReaderMiddleware:
    """`request.reader`: the one value that every view, listing and search is asked with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class VisibleRedirectMiddleware(RedirectMiddleware):
    """An old address leads to a page only for those who may see it: the new one tells its name."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        page = _target(request) if answer is not response else None
        if page is None or page.specific.is_visible_to(getattr(request, "reader", ANONYMOUS)):
            return answer
        return response


def _target(request: HttpRequest) -> Page | None:
    """The page that the redirect of this address leads to; nothing for one that leads elsewhere."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    return found.redirect_page if found else None
