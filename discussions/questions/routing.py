"""To whom a question is put: those who adopted or run what it is about, and those who offer help with it.

Nobody is asked more than twice a week, and only people who may read the question (and what it is about).
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from adoptions.models import Adoption, AdoptionStep
from adoptions.querysets import IN_USE
from adoptions.states import source_of
from core.happenings import happened
from discussions.models import Question, QuestionRoute, Why
from discussions.questions import limits
from library.models import PersonArea
from members.audience import Audience, Reader, can_see, reader_for
from members.models import Person, RoleGrant

# So many are looked at for the few who are asked.
MOST_LOOKED_AT = 40
Candidate = tuple[Person, Why]


def route(question: Question, *, by: Person | None) -> list[QuestionRoute]:
    """Put a new question to the first few who fit and have room. Inside the transaction in which others may see it."""
    found = list(islice(candidates(question, reader_for(by)), MOST_LOOKED_AT))
    ready = locked(person.pk for person, _why in found)
    chosen = [(person, why) for person, why in found if has_room(ready.get(person.pk))]
    routes = [
        QuestionRoute.objects.create(question=question, person=person, why=why)
        for person, why in chosen[: limits.PEOPLE_ASKED]
    ]
    if routes:
        tell(question, [each.person_id for each in routes])
    return routes


def tell(question: Question, people: Iterable[int]) -> None:
    """Say that the question was put to these people: by whoever asked, whoever passed it on.

    The name of a coordinator would tell the region of somebody who asks without a name.
    """
    asker = None if question.anonymous else question.by
    happened("question.routed", Question.kind, question.pk, by=asker, to=people)


def locked(ids: Iterable[int]) -> dict[int, Person]:
    """These people, locked: two questions at once count one another."""
    return {
        person.pk: person
        for person in Person.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    }


def has_room(person: Person | None) -> bool:
    """Whether somebody may be asked (again) this week."""
    if person is None:
        return False
    recent = QuestionRoute.objects.filter(person=person, asked__gt=timezone.now() - limits.WEEK)
    return recent.count() < limits.ASKS_A_WEEK


def candidates(question: Question, reader: Reader) -> Iterator[Candidate]:
    """Those who fit and may be asked, the most telling reason first; each once."""
    about = source_of(question.about_id, reader) if question.about_id else None
    named = chain(
        _adopters(about, reader) if about else (), _runners(about) if about else (), _helpers(question)
    )
    asked = set(question.routes.values_list("person_id", flat=True))
    for person_id, why in named:
        if person_id in asked:
            continue
        asked.add(person_id)
        person = eligible(question).filter(pk=person_id).first()
        if person is not None and may_be_asked(person, question):
            yield person, why


def eligible(question: Question) -> Any:
    """People who can be found, take messages, and are not the asker's own (but for a municipality's own question)."""
    people = Person.objects.listed().exclude(pk=question.by_id).exclude(profile__may_be_written_to=False)
    own = Q(municipality=question.municipality_id)
    return people.filter(own) if question.audience == Audience.MUNICIPALITY else people.exclude(own)


def may_be_asked(person: Person, question: Question) -> bool:
    """Whether somebody may read the question and, if it is about a page, that page."""
    reader = reader_for(person)
    if not can_see(reader, question):
        return False
    return not question.about_id or source_of(question.about_id, reader) is not None


def _adopters(about: Any, reader: Reader) -> Iterator[tuple[int, Why]]:
    """Who declared the adoptions of it whose municipalities may be asked; else those municipalities' publishers."""
    in_use = Case(When(state__in=IN_USE, then=Value(0)), default=Value(1))
    willing = (
        Adoption.objects.of(about).visible_to(reader).filter(may_contact=True).order_by(in_use, "-since")
    )
    for adoption in willing:
        steps = AdoptionStep.objects.filter(adoption=adoption, by__municipality=adoption.municipality_id)
        people = list(steps.order_by("-pk").values_list("by", flat=True)) or _publishers(
            adoption.municipality
        )
        yield from ((pk, Why.ADOPTED) for pk in dict.fromkeys(people))


def _runners(about: Any) -> Iterator[tuple[int, Why]]:
    """Who made the page, and who answers for it."""
    people = [about.owner_id, *_publishers(about.municipality)]
    own = Person.objects.filter(pk__in=[pk for pk in people if pk], municipality=about.municipality)
    known = set(own.values_list("pk", flat=True))
    yield from ((pk, Why.RUNS) for pk in people if pk in known)


def _publishers(municipality: Any) -> list[int]:
    return list(RoleGrant.objects.publishers(municipality).values_list("person", flat=True))


def _helpers(question: Question) -> Iterator[tuple[int, Why]]:
    """Who offers help in the service area, above or below it; exactly there first, then who was asked least."""
    area = question.service_area
    near = Q(area=area) | Q(area__parent=area) | (Q(area=area.parent_id) if area.parent_id else Q(pk__in=()))
    distance = Case(When(area=area, then=Value(0)), default=Value(1))
    offers = PersonArea.objects.filter(near, can_help=True).annotate(
        distance=distance, load=Count("person__question_routes")
    )
    for pk in offers.order_by("distance", "load", "person").values_list("person", flat=True):
        yield pk, Why.HELPS
