"""The editions of an item, for whoever may read the item."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from authoring.editions import compare
from authoring.models import Edition
from core.forms import number
from library.models import LibraryPage


def _item(request: Any, pk: int) -> LibraryPage:
    page = Page.objects.filter(pk=pk).specific().first()
    if not isinstance(page, LibraryPage) or not page.is_visible_to(request.reader):
        raise Http404
    if not all(limit.accept_request(request) for limit in page.get_view_restrictions()):
        raise Http404
    return page


@require_safe
def editions(request: Any, pk: int) -> HttpResponse:
    """All editions with what changed and why; two of them side by side where two are named."""
    page = _item(request, pk)
    found = compare.readable(page, request.reader)
    page.note_private_view(request)
    older, newer = _chosen(request, found)
    context = {"page": page, "editions": found, "older": older, "newer": newer}
    if older is not None and newer is not None:
        context["differences"] = compare.differences(page, older, newer)
    return render(request, "authoring/editions/list.html", context)


def _chosen(request: Any, found: list[Edition]) -> tuple[Edition | None, Edition | None]:
    """Two editions by their places, the older first. Naming one that is not there is not found."""
    names = [request.GET.get(name) for name in ("from", "to")]
    if not all(names):
        return None, None
    by_place = {edition.place: edition for edition in found}
    chosen = sorted(number(name) for name in names)
    if not all(each in by_place for each in chosen):
        raise Http404
    return by_place[chosen[0]], by_place[chosen[1]]
