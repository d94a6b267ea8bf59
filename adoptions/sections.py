"""What adoptions say on pages below them."""

from decimal import Decimal
from typing import Any

from adoptions.models import Adoption
from adoptions.permissions import declarers, may_declare
from adoptions.querysets import IN_USE
from adoptions.states import sources_of
from core.slots import Section, register

MOST_THANKS = 6


def months_saved(request: Any, subject: Any) -> Section:
    """The home page's counter: what adopters say they saved."""
    adoptions = Adoption.objects.visible_to(request.reader)
    return Section("adoptions/sections/months_saved.html", adoptions.saved_and_in_use())


def _around(request: Any, municipality: Any) -> list[Adoption]:
    """What a municipality took up and what others took up of it; one query, though three places show some of it."""
    if not hasattr(municipality, "adoptions_around"):
        found = Adoption.objects.visible_to(request.reader).around(municipality)
        municipality.adoptions_around = list(found.select_related("municipality"))
    around: list[Adoption] = municipality.adoptions_around
    return around


def adopted_here(request: Any, municipality: Any) -> Section:
    """What a municipality took up."""
    own = (each for each in _around(request, municipality) if each.municipality_id == municipality.pk)
    return Section("adoptions/sections/adopted.html", {"adoptions": sources_of(own, request.reader)})


def _taken(request: Any, municipality: Any) -> list[Adoption]:
    """What others took up of a municipality's items."""
    return [each for each in _around(request, municipality) if each.municipality_id != municipality.pk]


def _seen(request: Any, item: Any) -> list[Adoption]:
    """Who took up an item, as far as this reader may know; asked for once, though two places show it."""
    if not hasattr(item, "adoptions_seen"):
        item.adoptions_seen = list(Adoption.objects.of(item).visible_to(request.reader))
    found: list[Adoption] = item.adoptions_seen
    return found


def adopters(request: Any, item: Any) -> Section:
    """Who took up a case study or playbook."""
    is_member = request.reader.sees_everything or "members" in request.reader.labels
    context = {"adoptions": _seen(request, item), "item": item, "is_member": is_member}
    return Section("adoptions/sections/adopters.html", context)


def adopt(request: Any, item: Any) -> Section:
    """The main button: adopt this; for whoever may not, whom to ask. Strangers are asked to sign in by it."""
    town_id = getattr(request.user, "municipality_id", None)
    seen = _seen(request, item)
    may = may_declare(request.user) or not request.user.is_authenticated
    context = {
        "item": item,
        "own": next((each for each in seen if each.municipality_id == town_id), None),
        "is_ours": town_id == item.municipality_id,
        "may_declare": may,
        "declarers": declarers(town_id) if town_id and not may and town_id != item.municipality_id else [],
        "count": len(seen),
    }
    return Section("adoptions/sections/adopt.html", context)


def taken_up(request: Any, municipality: Any) -> Section | None:
    """What peers took up of a municipality's items, for what its page says it gave."""
    taken = _taken(request, municipality)
    in_use = sum(each.state in IN_USE for each in taken)
    if not in_use:
        return None
    months = sum((each.months_saved or Decimal(0) for each in taken), Decimal(0))
    return Section("adoptions/sections/taken_up.html", {"months": months, "in_use": in_use})


def thanks(request: Any, municipality: Any) -> Section | None:
    """Thanks of adopters, where both sides agree to have them shown."""
    said = [each for each in _taken(request, municipality) if each.shown_thanks]
    newest = sorted(said, key=lambda each: each.updated, reverse=True)[:MOST_THANKS]
    notes = [{"text": each.shown_thanks, "who": each.municipality.title} for each in newest]
    return Section("library/sections/thanks.html", {"notes": notes}) if notes else None


register("home", months_saved, order=10)
register("municipality", adopted_here, order=20)
register("item", adopters, order=10)
register("item actions", adopt, order=10)
register("gave", taken_up, order=40)
register("thanks", thanks, order=10)
