"""Questions that nobody answers: the coordinator's list, and telling the coordinators once."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.happenings import happened
from discussions.models import Question, QuestionRoute
from discussions.questions import limits, workdays
from discussions.questions.permissions import sees
from members.audience import reader_for
from members.models import Person, RoleGrant
from members.roles.models import Role
from members.roles.rules import roles_of

BATCH = 100
MOST_LISTED = 50


@dataclass(frozen=True)
class Waiting:
    """One unanswered question, with how long it waits and whom it was put to."""

    question: Question
    days: int
    routes: list[QuestionRoute]


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day + workdays.ONE, datetime.time.min))


def overdue() -> Any:
    """Questions that have waited for five working days without an answer."""
    last = workdays.before(timezone.localdate(), limits.PATIENCE)
    return Question.objects.unanswered().filter(asked__lt=_end_of(last))


def is_coordinator(person: Any) -> bool:
    """Whether somebody has a list of unanswered questions: coordinators of regions, and administrators."""
    if not person.is_active:
        return False
    return person.is_superuser or any(grant.role == Role.COORDINATOR for grant in roles_of(person))


def looked_after_by(person: Any) -> Any:
    """The unanswered questions that this person looks after and may read, the oldest first."""
    regions = [grant.region_id for grant in roles_of(person) if grant.role == Role.COORDINATOR]
    mine = Q() if person.is_superuser else Q(municipality__region__in=regions)
    found = Question.objects.visible_to(reader_for(person)).unanswered().filter(mine)
    return found.select_related("municipality__region", "service_area", "by").order_by("asked", "pk")


def listed(person: Any) -> list[Waiting]:
    """The coordinator's list: those that have waited long enough, the oldest first."""
    last = workdays.before(timezone.localdate(), limits.PATIENCE)
    questions = list(looked_after_by(person).filter(asked__lt=_end_of(last))[:MOST_LISTED])
    routes: dict[int, list[QuestionRoute]] = {question.pk: [] for question in questions}
    for each in QuestionRoute.objects.filter(question__in=routes).select_related("person__municipality"):
        routes[each.question_id].append(each)
    today = timezone.localdate()
    return [
        Waiting(question, workdays.passed(timezone.localdate(question.asked), today), routes[question.pk])
        for question in questions
    ]


@transaction.atomic
def tell_coordinators() -> int:
    """Say of a batch of questions, once each, that nobody has answered them; returns how many."""
    waiting = overdue().filter(overdue_told=None).order_by("pk").select_related("municipality")
    # Two workers never take the same one.
    ids = list(waiting.values_list("pk", flat=True)[:BATCH])
    found = Question.objects.select_for_update(of=("self",)).filter(pk__in=ids, overdue_told=None)
    told = 0
    for question in found.select_related("municipality__region"):
        Question.objects.filter(pk=question.pk).update(overdue_told=timezone.now())
        happened("question.unanswered", Question.kind, question.pk, to=_coordinators(question))
        told += 1
    return told


def _coordinators(question: Question) -> list[int]:
    """The region's coordinators who may read it; where there is none, the administrators."""
    grants = RoleGrant.objects.coordinators(question.municipality.region).select_related("person")
    people = [grant.person_id for grant in grants if sees(grant.person, question)]
    return people or list(
        Person.objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True)
    )
