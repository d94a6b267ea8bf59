"""Service areas. Items are pages and serve themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import slots
from library.listing import of_area
from library.models import ServiceArea


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
