"""What adoptions say on pages below them."""

from typing import Any

from adoptions.models import Adoption
from adoptions.states import sources_of
from core.slots import Section, register


def months_saved(request: Any, subject: Any) -> Section:
    """The home page's counter: what adopters say they saved."""
    adoptions = Adoption.objects.visible_to(request.reader)
    context = {"months": adoptions.months_saved(), "in_use": adoptions.in_use().count()}
    return Section("adoptions/sections/months_saved.html", context)


def adopted_here(request: Any, municipality: Any) -> Section:
    """What a municipality took up."""
    adoptions = municipality.adoptions.visible_to(request.reader)
    return Section("adoptions/sections/adopted.html", {"adoptions": sources_of(adoptions, request.reader)})


def adopters(request: Any, item: Any) -> Section:
    """Who took up a case study or playbook."""
    adoptions = Adoption.objects.of(item).visible_to(request.reader)
    return Section("adoptions/sections/adopters.html", {"adoptions": list(adoptions), "item": item})


register("home", months_saved, order=10)
register("municipality", adopted_here, order=20)
register("item", adopters, order=10)
