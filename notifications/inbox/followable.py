"""What can be followed: what a thing belongs to, and the names of what somebody may follow."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from adoptions.models import Adoption
from discussions.comments.places import pages_of
from discussions.models import Comment, Question
from library.models import LibraryPage, ServiceArea
from library.registry import kinds
from members.audience import Reader
from members.models import MunicipalityPage, Person, WorkingGroup
from notifications.inbox.models import Follow
from notifications.inbox.things import Named


def around(found: Any) -> tuple[Named, ...]:
    """The things by whose follows one hears of this one, the closest first."""
    if isinstance(found, LibraryPage):
        return _around_item(found)
    if isinstance(found, Question):
        return _around_question(found)
    page_id = found.page_id if isinstance(found, Comment) else found.source_id
    page = pages_of([page_id]).get(page_id)
    more: Named | None = ("municipality", found.municipality_id) if isinstance(found, Adoption) else None
    if isinstance(found, Comment) and found.author_id:
        more = ("person", found.author_id)
    return (*(_around_item(page) if page else ()), *((more,) if more else ()))


def _around_item(page: Any) -> tuple[Named, ...]:
    areas = list(page.service_areas.all())
    above = [area.parent_id for area in areas if area.parent_id]
    return (
        (page.kind, page.pk),
        *(("group", pk) for pk in page.group_ids),
        *(("tag", tag.pk) for tag in page.tags.all()),
        *(("service_area", area.pk) for area in areas),
        *(("service_area", pk) for pk in above),
        ("municipality", page.municipality_id),
    )


def _around_question(question: Any) -> tuple[Named, ...]:
    # A municipality asks, not a person; who asked without a name is nobody to those who follow.
    asker, above = question.known_asker, question.service_area.parent_id
    about = pages_of([question.about_id]).get(question.about_id) if question.about_id else None
    return (
        (question.kind, question.pk),
        *(((about.kind, about.pk),) if about else ()),
        ("service_area", question.service_area_id),
        *((("service_area", above),) if above else ()),
        *((("municipality", asker.pk),) if asker else ()),
    )


def named(kind: str, ids: Iterable[int], reader: Reader) -> dict[int, tuple[str, str]]:
    """Names and addresses of those of these things that this reader may see, and so follow."""
    ids = set(ids)
    if kind == "tag":
        browse = reverse("search:browse")
        return {tag.pk: (tag.name, f"{browse}?tag={tag.slug}") for tag in _tags(ids, reader)}
    found = _visible(kind, reader)
    return {} if found is None else {each.pk: (_name(each), _url(each)) for each in found.filter(pk__in=ids)}


def _tags(ids: set[int], reader: Reader) -> Any:
    """A tag is known by what bears it: of hidden items alone it is hidden itself."""
    seen = {
        pk
        for model in kinds().values()
        for pk in model.objects.visible_to(reader).filter(tags__in=ids).values_list("tags", flat=True)
    }
    return Tag.objects.filter(pk__in=ids & seen)


def _visible(kind: str, reader: Reader) -> Any:
    others = {
        "municipality": MunicipalityPage.objects.live, "service_area": ServiceArea.objects.all,
        "person": lambda: Person.objects.visible_to(reader), "group": lambda: WorkingGroup.objects.visible_to(reader),
        Question.kind: lambda: Question.objects.visible_to(reader).select_related("municipality"),
    }  # fmt: skip
    if kind in kinds():
        return kinds()[kind].objects.visible_to(reader)
    return others[kind]() if kind in others else None


def _name(found: Any) -> str:
    return found.label if isinstance(found, ServiceArea) else str(getattr(found, "title", "") or found)


def _url(found: Any) -> str:
    return found.get_url() or "" if hasattr(found, "get_url") else found.get_absolute_url()


def names_of(follows: Iterable[Follow], reader: Reader) -> dict[int, tuple[str, str]]:
    """By the number of a follow: the name and address of what is followed, where the reader may see it."""
    follows = list(follows)
    found = {
        kind: named(kind, [each.item_id for each in follows if each.kind == kind], reader)
        for kind in {each.kind for each in follows}
    }
    return {each.pk: found[each.kind][each.item_id] for each in follows if each.item_id in found[each.kind]}


def name_of_kind(kind: str) -> str:
    """What a kind of followed thing is called."""
    names = {
        "case_study": _("case study"), "playbook": _("playbook"), "question": _("question"),
        "municipality": _("municipality"), "service_area": _("service area"), "person": _("person"),
        "group": _("working group"), "tag": _("tag"),
    }  # fmt: skip
    return names.get(kind, kind)
