"""What news is about, as one person may see it now: read for many pieces of news at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from adoptions.models import Adoption
from authoring.access import may_edit
from core.markdown import in_own_words
from discussions.comments.places import pages_of
from discussions.models import Comment, Question
from library.registry import kinds
from members.audience import ANONYMOUS, Reader, reader_for
from members.models import Person

Named = tuple[str, int]
EXCERPT = 280
# What is said to those who edit a draft: its page may not be there for readers yet.
OF_DRAFTS = ("review.", "clearance.")
# What is said to the author of a thing, who may have lost its page: names nothing, and leads to where the reasons stand.
OF_ONES_OWN = ("moderation.",)


class Row(Protocol):
    """Something that happened to a thing: a happening, or a piece of news."""

    @property
    def verb(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def item_id(self) -> int: ...
    @property
    def by_id(self) -> int | None: ...


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True)
class Thing:
    """One thing as it is now. `thread` names the page or question that mails are bundled by.

    `who` is what its reader may be told of whoever did something with it; empty for nobody.
    """

    title: str
    url: str
    language: str
    thread: str
    text: str = ""
    who: str = ""


def _all() -> dict[str, Any]:
    """Everything that something happens to, by the name of its kind in happenings."""
    items = {name: model.objects.all() for name, model in kinds().items()}
    adoptions = Adoption.objects.select_related("municipality")
    return {
        **items,
        Comment.kind: Comment.objects.all(),
        Question.kind: Question.objects.all(),
        Adoption.kind: adoptions,
    }


def _by_kind(things: Iterable[Named]) -> Iterator[tuple[str, Any, set[int]]]:
    """Each kind of these things with its queryset and their numbers."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in things:
        wanted.setdefault(kind, set()).add(pk)
    known = _all()
    return ((kind, known[kind], ids) for kind, ids in wanted.items() if kind in known)


def named(row: Row) -> Named:
    """The thing that a row is about."""
    return row.kind, row.item_id


def is_of_ones_own(row: Row) -> bool:
    """Whether a row is a word of moderation to the author of a thing."""
    return row.verb.startswith(OF_ONES_OWN)


def _is_of_draft(row: Row) -> bool:
    return row.verb.startswith(OF_DRAFTS)


def load(things: Iterable[Named]) -> dict[Named, Any]:
    """The things themselves, whoever may see them; one query for each kind."""
    return {
        (kind, pk): found for kind, every, ids in _by_kind(things) for pk, found in every.in_bulk(ids).items()
    }


def is_public(row: Row) -> bool:
    """Whether everybody may be told of a row."""
    return not row.verb.startswith((*OF_DRAFTS, *OF_ONES_OWN)) and bool(_visible([named(row)], ANONYMOUS))


def told_to(person: Any, rows: Sequence[AnyRow]) -> list[tuple[AnyRow, Thing]]:
    """Those rows that this person may be told of now, in their order, each with what it is about, and by whom."""
    reader = reader_for(person)
    told = _told(person, reader, rows)
    doers = Doers((row for row, _, _ in told), reader)
    return [(row, replace(about, who=doers.name(row, found))) for row, found, about in told]


def may_be_told(person: Any, row: Row) -> bool:
    """Whether this person may be told of a row now."""
    return bool(_told(person, reader_for(person), [row]))


def _told(person: Any, reader: Reader, rows: Sequence[AnyRow]) -> list[tuple[AnyRow, Any, Thing]]:
    """Each row with the thing itself, and what is said of it; nobody's own words need no thing."""
    if not person.is_active:
        return []
    found = load(named(row) for row in rows if not is_of_ones_own(row))
    seen = _visible([named(row) for row in rows if not _is_of_draft(row)], reader)
    drafts = {named(row) for row in rows if _is_of_draft(row)} & found.keys()
    edited = {each for each in drafts if may_edit(person, found[each])}
    pages = pages_of(_page_id(thing) for thing in found.values() if _page_id(thing))
    told: list[tuple[AnyRow, Any, Thing]] = []
    for row in rows:
        allowed = edited if _is_of_draft(row) else seen
        if is_of_ones_own(row):
            told.append((row, None, _own_words(row)))
        elif named(row) in allowed and (about := _thing(row, found[named(row)], pages)):
            told.append((row, found[named(row)], about))
    return told


class Doers:
    """Whoever did the things of some rows, as far as one reader may know them; read for all rows at once."""

    def __init__(self, rows: Iterable[Row], reader: Reader) -> None:
        ids = {row.by_id for row in rows if row.by_id and not is_of_ones_own(row)}
        people = Person.objects.filter(pk__in=ids)
        self._people = people.select_related("municipality").in_bulk() if ids else {}
        self._seen = set(people.visible_to(reader).values_list("pk", flat=True)) if ids else set()

    def name(self, row: Row, found: Any) -> str:
        """What this reader may be told of who did it; empty for nobody they may know."""
        by = self._people.get(row.by_id or 0)
        if isinstance(found, Question):
            # Municipalities ask and answer, and people stand in for them unnamed.
            return _town(row, found, by)
        signed = isinstance(found, Comment) and by is not None and found.author_id == by.pk
        return by.get_full_name() if by is not None and (signed or by.pk in self._seen) else ""


def _town(row: Row, question: Question, by: Any) -> str:
    if row.verb in ("question.asked", "question.routed"):
        return question.asker_name
    return by.municipality.title if by is not None and by.municipality else _("A municipality")


def thing(row: Row) -> Thing | None:
    """What one row is about, whoever may see it; None where it is gone, or of a kind nobody is told of."""
    if is_of_ones_own(row):
        return _own_words(row)
    found = load([named(row)]).get(named(row))
    return None if found is None else _thing(row, found, pages_of([_page_id(found)]))


def _visible(things: Iterable[Named], reader: Reader) -> set[Named]:
    """Those of them that a reader may see, asked of the database once for each kind."""
    return {
        (kind, pk)
        for kind, every, ids in _by_kind(things)
        for pk in every.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True)
    }


def _page_id(found: Any) -> int | None:
    """The page that a comment or an adoption is about."""
    return (
        getattr(found, "page_id", None) if isinstance(found, Comment) else getattr(found, "source_id", None)
    )


def _thing(row: Row, found: Any, pages: dict[int, Any]) -> Thing | None:
    if isinstance(found, Question):
        thread = f"{found.kind}:{found.pk}"
        return Thing(found.title, found.get_absolute_url(), found.language, thread, _excerpt(found))
    page = pages.get(_page_id(found) or 0) if isinstance(found, Comment | Adoption) else found
    if page is None:
        return None
    thread = f"{page.kind}:{page.pk}"
    if isinstance(found, Comment):
        return Thing(page.title, found.get_absolute_url(), page.language, thread, _excerpt(found))
    url = reverse("authoring:review", args=[page.pk]) if _is_of_draft(row) else page.get_url() or ""
    text = (
        f"{found.municipality}: {found.get_state_display()}" if isinstance(found, Adoption) else page.summary
    )
    return Thing(page.title, url, page.language, thread, text)


def _own_words(row: Row) -> Thing:
    return Thing(_("what you wrote"), reverse("discussions:about_mine"), "", f"{row.kind}:{row.item_id}")


def _excerpt(found: Any) -> str:
    return in_own_words(found.rendered.get("body", ""), EXCERPT)
