"""What library items say on pages below them: home, municipality and region."""

from typing import Any

from django.http import HttpRequest

from core import slots
from core.slots import Section, register
from library import care, listing
from library.listing import newest, of_municipality, of_region, of_working_group
from library.models import Profile, ServiceArea
from members.models import Person

_HOME_ITEMS = 6


def whats_new(request: Any, subject: Any) -> Section:
    """The newest items, for the home page."""
    return Section("library/sections/whats_new.html", {"items": newest(request.reader, _HOME_ITEMS)})


def still_true(request: Any, item: Any) -> Section | None:
    """The buttons of those who answer for an item: still true, retire it, use it again."""
    if not care.may_verify(request.user, item):
        return None
    name = "use_again" if item.retired_on else "still_true"
    return Section(f"library/sections/{name}.html", {"item": item})


def service_areas(request: HttpRequest, subject: Any) -> Section:
    """The taxonomy's first level, for the home page."""
    return Section("library/sections/service_areas.html", {"areas": ServiceArea.objects.top()})


def published_here(request: Any, municipality: Any) -> Section:
    """What a municipality published."""
    municipality.groups_published = of_municipality(request.reader, municipality)
    return Section("library/sections/published.html", {"groups": municipality.groups_published})


def given_to_peers(request: Any, municipality: Any) -> Section | None:
    """What a municipality gave and what peers made of it: never beside another's, never a rank."""
    parts, thanks = (slots.fill(slot, request, municipality) for slot in ("gave", "thanks"))
    if not parts and not thanks:
        return None
    context = {"municipality": municipality, "parts": parts, "thanks": thanks}
    return Section("library/sections/given_to_peers.html", context)


def items_published(request: Any, municipality: Any) -> Section | None:
    """How many case studies and playbooks a municipality published, as the list above has just found."""
    groups = getattr(municipality, "groups_published", None) or of_municipality(request.reader, municipality)
    counted = [group for group in groups if group.total]
    return Section("library/sections/items_published.html", {"groups": counted}) if counted else None


def people_helping(request: Any, municipality: Any) -> Section | None:
    """How many of a municipality's people offer their help to peers; for members, as people are."""
    people = Person.objects.visible_to(request.reader).filter(municipality=municipality)
    helping = people.filter(areas__can_help=True).distinct().count()
    return Section("library/sections/people_helping.html", {"count": helping}) if helping else None


def published_in_region(request: Any, region: Any) -> Section:
    """What the municipalities of a region published."""
    return Section("library/sections/published.html", {"groups": of_region(request.reader, region)})


def to_begin_with(request: Any, municipality: Any) -> Section:
    """For a newcomer: what the region published, also where no colleague has written anything yet."""
    groups = listing.to_begin_with(request.reader, municipality.region) if municipality.region else []
    return Section("library/sections/to_begin_with.html", {"groups": groups, "region": municipality.region})


def shared_with(request: Any, group: Any) -> Section:
    """What was shared with a working group."""
    groups = [group for group in of_working_group(request.reader, group) if group.items]
    return Section("library/sections/shared_with_group.html", {"groups": groups})


def offered(request: Any, person: Any) -> Section:
    """What a person offers, and how to write to them."""
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    areas = list(person.areas.select_related("area"))
    context = {
        "profile": profile,
        "languages": list(person.spoken_languages.all()),
        "helps": [each.area for each in areas if each.can_help],
        "works": [each.area for each in areas if each.works_in],
        "person": person,
        "is_own": request.user.pk == person.pk,
    }
    return Section("library/sections/offered.html", context)


register("person", offered, order=10)
register("home", whats_new, order=20)
register("home", service_areas, order=30)
register("municipality", published_here, order=10)
register("municipality", given_to_peers, order=15)
register("gave", items_published, order=10)
register("gave", people_helping, order=30)
register("region", published_in_region, order=10)
register("welcome", to_begin_with, order=10)
register("welcome", service_areas, order=20)
register("group", shared_with, order=10)
register("item actions", still_true, order=90)
