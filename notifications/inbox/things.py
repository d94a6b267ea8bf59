"""What news is about: its name, its address, what somebody may follow to hear of it, and whether they may see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from adoptions.models import Adoption
from authoring.access import may_edit
from discussions.models import Comment, Question
from library.models import ServiceArea
from library.registry import kinds
from members.audience import ANONYMOUS, Reader, reader_for
from members.models import MunicipalityPage, Person, WorkingGroup
from search.kinds.parts import prose_of

Named = tuple[str, int]
EXCERPT = 280
# What is said to those who edit a draft: its page may not be there for readers yet.
OF_DRAFTS = ("review.", "clearance.")
# What is said to the author of a thing, whether others see it or not.
OF_ONES_OWN = ("moderation.",)


@dataclass(frozen=True)
class Thing:
    """One thing as it is now. `follows` are the things by whose follows one hears of it, the closest first."""

    title: str
    url: str
    language: str
    thread: str
    follows: tuple[Named, ...] = ()
    text: str = ""
    is_public: bool = False
    draft: Any = field(default=None, compare=False)


def _excerpt(text: str) -> str:
    """The beginning, in one line."""
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def _around(page: Any) -> tuple[Named, ...]:
    """The item, and what it belongs to."""
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


def _item(page: Any) -> Thing:
    return Thing(
        title=page.title,
        url=page.get_url() or "",
        language=page.language,
        thread=f"{page.kind}:{page.pk}",
        follows=_around(page),
        text=_excerpt(page.summary),
        draft=page,
    )


def _page(pk: int) -> Any:
    """A case study or playbook, live or not."""
    for model in kinds().values():
        page = model.objects.filter(pk=pk).first()
        if page is not None:
            return page
    return None


def _comment(comment: Any) -> Thing | None:
    page = _page(comment.page_id)
    if page is None:
        return None
    author = (("person", comment.author_id),) if comment.author_id else ()
    return Thing(
        title=page.title,
        url=comment.get_absolute_url(),
        language=page.language,
        thread=f"{page.kind}:{page.pk}",
        follows=(*_around(page), *author),
        text=_excerpt(prose_of(comment, ["body"])),
    )


def _question(question: Any) -> Thing:
    # Who asked without a name is nobody to those who follow.
    asker = question.known_asker
    town = (("municipality", asker.pk),) if asker else ()
    person = (("person", question.by_id),) if asker and question.by_id else ()
    above = question.service_area.parent_id
    about = _page(question.about_id) if question.about_id else None
    return Thing(
        title=question.title,
        url=question.get_absolute_url(),
        language=question.language,
        thread=f"{question.kind}:{question.pk}",
        follows=(
            (question.kind, question.pk),
            *(((about.kind, about.pk),) if about else ()),
            ("service_area", question.service_area_id),
            *((("service_area", above),) if above else ()),
            *town,
            *person,
        ),
        text=_excerpt(prose_of(question, ["body"])),
    )


def _adoption(adoption: Any) -> Thing | None:
    source = _page(adoption.source_id)
    if source is None:
        return None
    return Thing(
        title=source.title,
        url=source.get_url() or "",
        language=source.language,
        thread=f"{source.kind}:{source.pk}",
        follows=(*_around(source), ("municipality", adoption.municipality_id)),
        text=f"{adoption.municipality}: {adoption.get_state_display()}",
    )


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is read: its model, and what is made of one."""

    model: Any
    make: Callable[[Any], Thing | None]


def known() -> dict[str, Kind]:
    """Every kind that something happens to, by its name in happenings."""
    items = {name: Kind(model, _item) for name, model in kinds().items()}
    return items | {
        Comment.kind: Kind(Comment, _comment),
        Question.kind: Kind(Question, _question),
        Adoption.kind: Kind(Adoption, _adoption),
    }


def thing(kind: str, item_id: int) -> Thing | None:
    """One thing as it is now; None where it is gone, or of a kind nobody is told of."""
    how = known().get(kind)
    found = how.model.objects.filter(pk=item_id).first() if how else None
    about = how.make(found) if how and found is not None else None
    return replace(about, is_public=_is_visible(kind, item_id, about, ANONYMOUS)) if about else None


def _is_visible(kind: str, item_id: int, about: Thing, reader: Reader) -> bool:
    seen = known()[kind].model.objects.visible_to(reader).filter(pk=item_id).exists()
    return bool(seen) and (kind != Adoption.kind or _is_page_visible(about, reader))


def _is_page_visible(about: Thing, reader: Reader) -> bool:
    """An adoption is for whoever may see what was adopted, too."""
    pk = int(about.thread.split(":")[1])
    return any(model.objects.visible_to(reader).filter(pk=pk).exists() for model in kinds().values())


def may_be_told(person: Any, verb: str, kind: str, item_id: int, about: Thing) -> bool:
    """Whether this person may see now what they would be told of."""
    if not person.is_active:
        return False
    if verb.startswith(OF_ONES_OWN):
        return True
    if verb.startswith(OF_DRAFTS):
        return about.draft is not None and may_edit(person, about.draft)
    return about.is_public or _is_visible(kind, item_id, about, reader_for(person))


def address(verb: str, about: Thing) -> str:
    """Where the news leads: to the draft for those who work on it."""
    if verb.startswith(OF_DRAFTS) and about.draft is not None:
        return reverse("authoring:review", args=[about.draft.pk])
    return about.url


# What can be followed beside items and questions, with what is named to whom.
_OTHERS: dict[str, tuple[Any, Callable[[Any], str], Callable[[Any], str]]] = {
    "municipality": (MunicipalityPage, lambda town: town.title, lambda town: town.get_url() or ""),
    "service_area": (ServiceArea, lambda area: area.label, lambda area: area.get_absolute_url()),
    "person": (Person, lambda person: person.get_full_name(), lambda person: person.get_absolute_url()),
    "group": (WorkingGroup, lambda group: group.name, lambda group: group.get_absolute_url()),
}


def _visible(model: Any, reader: Any) -> Any:
    found = model.objects.all()
    if hasattr(found, "visible_to"):
        return found.visible_to(reader)
    return found.live() if hasattr(found, "live") else found


def followable(kind: str, ids: Iterable[int], reader: Any) -> dict[int, tuple[str, str]]:
    """Names and addresses of those of these things that this reader may see, and so follow."""
    from taggit.models import Tag

    if kind == "tag":
        browse = reverse("search:browse")
        return {tag.pk: (tag.name, f"{browse}?tag={tag.slug}") for tag in Tag.objects.filter(pk__in=ids)}
    if kind in _OTHERS:
        model, name, url = _OTHERS[kind]
        return {each.pk: (name(each), url(each)) for each in _visible(model, reader).filter(pk__in=ids)}
    if kind in {*kinds(), Question.kind}:
        model = known()[kind].model
        made = (
            (each.pk, known()[kind].make(each))
            for each in model.objects.visible_to(reader).filter(pk__in=ids)
        )
        return {pk: (about.title, about.url) for pk, about in made if about}
    return {}


def name_of_kind(kind: str) -> str:
    """What a kind of followed thing is called."""
    names = {
        "case_study": _("case study"), "playbook": _("playbook"), "question": _("question"),
        "municipality": _("municipality"), "service_area": _("service area"), "person": _("person"),
        "group": _("working group"), "tag": _("tag"),
    }  # fmt: skip
    return names.get(kind, kind)
