"""Puts the reader on the request, worked out only if somebody asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from members.audience import reader_for


class ReaderMiddleware:
    """`request.reader`: the one value that every view, listing and search is asked with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)
