"""What somebody does to whom a question was put, and what a coordinator does with one that nobody answers."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.happenings import happened
from discussions.models import Question, QuestionRoute, RouteState, Why
from discussions.questions import limits, routing
from discussions.questions.permissions import may_coordinate, sees
from members.models import Person
from members.refusal import Refused


def _route(question: Question, by: Person) -> QuestionRoute:
    """The person's own place in the question, locked."""
    found = QuestionRoute.objects.select_for_update().open().filter(question=question, person=by).first()
    if found is None or not sees(by, question):
        raise Refused(_("This question is not put to you (any more)."))
    return found


@transaction.atomic
def claim(*, by: Person, question: Question, until: datetime.date) -> QuestionRoute:
    """Say that one will answer, and by when. Twice the same has one effect."""
    place = _route(question, by)
    today = timezone.localdate()
    if not today <= until <= today + limits.LONGEST_CLAIM:
        raise Refused(
            _("Choose a day within the next %(days)d days, or say “not me”.")
            % {"days": limits.LONGEST_CLAIM.days}
        )
    if (place.state, place.until) == (RouteState.CLAIMED, until):
        return place
    place.state, place.until = RouteState.CLAIMED, until
    place.save(update_fields=["state", "until"])
    happened("question.claimed", Question.kind, question.pk, by=by, to={question.by_id} - {None})  # type: ignore[arg-type]
    return place


@transaction.atomic
def decline(*, by: Person, question: Question, colleague: Person | None = None) -> QuestionRoute:
    """Say “not me”, and perhaps who instead. Raises Refused where the colleague can't be asked; then nothing changes."""
    place = _route(question, by)
    if colleague is not None:
        put_to(question, colleague, why=Why.NAMED, by=by)
    place.state, place.until = RouteState.DECLINED, None
    place.save(update_fields=["state", "until"])
    return place


def colleagues(question: Question, by: Person) -> Any:
    """Whom somebody may name instead of themselves."""
    people = routing.eligible(question).filter(municipality=by.municipality_id).exclude(pk=by.pk)
    return people.exclude(question_routes__question=question).order_by("last_name", "first_name", "pk")


def put_to(question: Question, person: Person, *, why: Why, by: Person) -> QuestionRoute:
    """Put a question to somebody whom a person named. Inside a transaction; raises Refused with the reason."""
    ready = routing.locked([person.pk]).get(person.pk)
    allowed = ready is not None and routing.eligible(question).filter(pk=person.pk).exists()
    if not allowed or not routing.may_be_asked(person, question):
        raise Refused(_("This person can’t be asked: name somebody else who may read the question."))
    if question.routes.filter(person=person).exists():
        raise Refused(_("This person has been asked already: name somebody else."))
    if not routing.has_room(ready):
        raise Refused(_("This person has been asked twice this week, which is the most: name somebody else."))
    place = QuestionRoute.objects.create(question=question, person=person, why=why, by=by)
    routing.tell(question, [person.pk])
    return place


def _require_coordinator(by: Person, question: Question) -> None:
    if not may_coordinate(by, question):
        raise Refused(_("Coordinators of the asker’s region look after unanswered questions."))


@transaction.atomic
def route_to(*, by: Person, question: Question, person: Person) -> QuestionRoute:
    """A coordinator puts the question to somebody."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    _require_coordinator(by, question)
    return put_to(question, person, why=Why.COORDINATOR, by=by)


@transaction.atomic
def nudge(*, by: Person, question: Question) -> int:
    """Remind those who were asked and have not said anything; once a day. Returns how many."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    _require_coordinator(by, question)
    if question.nudged and question.nudged > timezone.now() - limits.DAY:
        raise Refused(
            _("They were reminded within the last day. Put the question to somebody else meanwhile.")
        )
    waiting = QuestionRoute.objects.open().filter(question=question).select_related("person")
    people = [place.person_id for place in waiting if sees(place.person, question)]
    if not people:
        raise Refused(_("Nobody is left to remind: put the question to somebody."))
    Question.objects.filter(pk=question.pk).update(nudged=timezone.now())
    routing.tell(question, people)
    return len(people)
