"""First posts of new people: looked at before others see them, where their municipality wants that."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.log_actions import log

from discussions.comments.models import Comment, State
from discussions.models import Answer, Question
from discussions.moderation.hiding import not_hidden
from discussions.moderation.models import FirstPostCheck, Hidden
from library.registry import kinds
from members.audience import Audience
from members.models import MunicipalityPage, Person
from members.roles import actions as roles
from members.roles.rules import holds_responsibility

# What is asked, or said as whoever asked, without the municipality's name.
ASKED_NAMELESS = Q(anonymous=True)
ANSWERED_NAMELESS = Q(as_asker=True, question__anonymous=True)


def checked(municipality_id: int | None) -> bool:
    """Whether this municipality wants first posts looked at."""
    return FirstPostCheck.objects.filter(municipality=municipality_id).exists()


def holds(person: Person, audience: str, *, nameless: bool = False) -> bool:
    """Whether what this person posts now waits: until the first of their comments, questions or answers was let through.

    What is said in a working group is for the group: nobody outside checks it. Who answers for others is not new.
    """
    if audience == Audience.GROUP or not checked(person.municipality_id) or holds_responsibility(person):
        return False
    return not _passed(person, nameless)


def _passed(person: Person, nameless: bool) -> bool:
    """Whether something of theirs is or was there for others.

    What has no name opens the way only for more without one: else their publishers would see by what is not held any
    more that somebody asked something.
    """
    counted = Q() if nameless else ~ASKED_NAMELESS
    questions = Question.objects.filter(not_hidden(Question.kind), counted, by=person)
    answers = Answer.objects.filter(not_hidden(Answer.kind), ~ANSWERED_NAMELESS, by=person)
    comments = Comment.objects.filter(author=person, state__in=(State.SHOWN, State.DELETED))
    return questions.exists() or answers.exists() or comments.exclude(_in_a_group()).exists()


def _in_a_group() -> Q:
    """Comments that nobody outside a working group could have looked at."""
    in_group = Q(pk__in=())
    for model in kinds().values():
        page = model.objects.filter(pk=OuterRef("page_id"), audience=Audience.GROUP).order_by()
        in_group |= Q(Exists(page))
    return in_group


def hold(kind: str, item_id: int) -> None:
    """Have a question or an answer wait. Inside the transaction in which it is written."""
    Hidden.objects.create(kind=kind, item_id=item_id, decision=None)


@transaction.atomic
def switch(*, by: Person, municipality: MunicipalityPage, on: bool) -> None:
    """Have first posts looked at, or not any more. What waits then goes on waiting for a decision."""
    town = roles.locked(municipality)
    roles.require_manager(by, town)
    if on == checked(town.pk):
        return
    if on:
        FirstPostCheck.objects.create(municipality=town)
    else:
        FirstPostCheck.objects.filter(municipality=town).delete()
    action = "moderation.first_posts_on" if on else "moderation.first_posts_off"
    log(instance=town, action=action, user=by)
