"""Service areas, and the word that an item is still true. Items are pages and serve themselves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import slots
from library import care
from library.listing import of_area
from library.models import LibraryPage, ServiceArea
from library.registry import kinds
from members.refusal import Refused


@require_safe
def service_area_list(request: HttpRequest) -> HttpResponse:
    """The whole taxonomy."""
    areas = ServiceArea.objects.top().with_children()
    return render(request, "library/service_area_list.html", {"areas": areas})


@require_safe
def service_area(request: Any, slug: str) -> HttpResponse:
    """One service area: its sub-areas, case studies, playbooks and questions."""
    area = get_object_or_404(ServiceArea.objects.select_related("parent").with_children(), slug=slug)
    context = {
        "area": area,
        "groups": of_area(request.reader, area),
        "sections": slots.fill("service_area", request, area),
    }
    return render(request, "library/service_area.html", context)


@login_required
@require_POST
def still_true(request: Any, pk: int) -> HttpResponse:
    """One click of somebody who answers for an item; to everybody else it does not exist."""
    return said(request, pk, care.verify, _("Thank you: it says now that this is still true today."))


def said(request: Any, pk: int, action: Callable[..., None], thanks: str) -> HttpResponse:
    """One click of somebody who answers for an item, and back to it with what came of that."""
    item = answered_for(request, pk)
    try:
        action(by=request.user, item=item)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, thanks)
    return redirect(item.get_url(request))


def answered_for(request: Any, pk: int) -> LibraryPage:
    """The live item that the reader answers for; not found for everybody else."""
    found = (model.objects.visible_to(request.reader).filter(pk=pk).first() for model in kinds().values())
    item: LibraryPage | None = next((each for each in found if each is not None), None)
    if item is None or not care.may_verify(request.user, item):
        raise Http404
    return item


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true_link(request: Any, token: str) -> HttpResponse:
    """Where the link in a mail to a contact mailbox leads. Mail scanners open links: a button confirms."""
    try:
        item = care.verify_for_mailbox(token) if request.method == "POST" else care.of_link(token)
    except LookupError:
        return render(request, "library/still_true_gone.html", status=410)
    context = {"item": item, "done": request.method == "POST"}
    return render(request, "library/still_true_link.html", context)
