"""Regions and people. Municipalities are pages and serve themselves."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import slots
from members.models import MunicipalityPage, Person, Region
from members.municipalities import Tier


@require_safe
def person(request: Any, pk: int) -> HttpResponse:
    """A colleague, for members; to everybody else nobody is here."""
    found = Person.objects.visible_to(request.reader).select_related("municipality__region")
    moved = Person.objects.filter(pk=pk, merged_into__isnull=False).values("merged_into")
    subject = get_object_or_404(found, Q(pk=pk) | Q(pk__in=moved))
    if subject.pk != pk:
        # Of two accounts that became one, both addresses stay.
        return redirect(subject)
    sections = slots.fill("person", request, subject)
    return render(request, "members/person.html", {"person": subject, "sections": sections})


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    """All regions with the number of their municipalities and residents."""
    counted = Q(municipalities__live=True) & ~Q(municipalities__tier=Tier.UPPER)
    regions = Region.objects.annotate(
        count=Count("municipalities", filter=counted),
        residents=Sum("municipalities__population", filter=counted),
    )
    return render(request, "members/region_list.html", {"regions": regions})


@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region: its municipalities, and what they have shared."""
    subject = get_object_or_404(Region, slug=slug)
    municipalities = (
        MunicipalityPage.objects.live()
        .filter(region=subject)
        .select_related("region", "upper_tier")
        .order_by("title")
    )
    sections = slots.fill("region", request, subject)
    context = {"region": subject, "municipalities": municipalities, "sections": sections}
    return render(request, "members/region.html", context)
