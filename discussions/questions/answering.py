"""Answering, accepting, and thanking. Each is one transaction; its events follow the commit."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.happenings import happened
from discussions.models import Answer, Question, new_token
from discussions.moderation import firstposts
from discussions.questions import limits, telling
from discussions.questions.asking import require_current
from discussions.questions.permissions import may_accept, may_answer, may_change, may_hide_addendum
from library.registry import kinds
from members.audience import reader_for
from members.models import Person
from members.refusal import Refused
from members.roles.rules import may_manage


class Gone(Refused):
    """The question is not there for this person (any more)."""


def _locked(question: Question) -> Question:
    return Question.objects.select_for_update().get(pk=question.pk)


@transaction.atomic
def answer(*, by: Person, question: Question, body: str, token: str | None = None) -> Answer:
    """Answer on behalf of the person's municipality. The same `token` again gives the answer that is there.

    Raises Gone where the person may not read the question (any more), Refused with what to do instead.
    """
    question = _locked(question)
    there = Question.objects.visible_to(reader_for(by)).filter(pk=question.pk)
    if not may_answer(by, question) or not there.exists():
        raise Gone(_("This question is not there for you (any more)."))
    by = Person.objects.select_for_update().get(pk=by.pk)
    known = Answer.objects.filter(by=by, token=token).first() if token else None
    if known is not None:
        return known
    _require_room(by)
    town = by.municipality
    assert town is not None  # somebody without one may not answer
    as_asker = by.pk == question.by_id
    waits = firstposts.holds(by, question.audience, nameless=as_asker and question.anonymous)
    given = Answer.objects.create(
        question=question, municipality=town, body=body, by=by, token=token or new_token(), as_asker=as_asker
    )
    if waits:
        firstposts.hold(Answer.kind, given.pk)
    else:
        telling.answered(given)
    return given


def _require_room(by: Person) -> None:
    given = Answer.objects.filter(by=by, answered__gt=timezone.now() - limits.DAY).count()
    if given >= limits.ANSWERS_A_DAY:
        raise Refused(
            _(
                "You have given %(count)d answers within a day, which is the limit. Your text is still here: go on tomorrow."
            )
            % {"count": given}
        )


@transaction.atomic
def change(*, by: Person, answer: Answer, body: str, seen: str = "") -> Answer:
    """Change what an answer says. `seen` is the stamp of what the person had before them."""
    answer = Answer.objects.select_for_update().select_related("question").get(pk=answer.pk)
    if not may_change(by, answer):
        raise Refused(_("Only those who gave this answer can change it."))
    if answer.body == body:
        return answer
    require_current(answer, seen)
    answer.body, answer.edited = body, timezone.now()
    answer.save()
    return answer


@transaction.atomic
def withdraw(*, by: Person, answer: Answer) -> None:
    """Take an answer back; a tombstone stays, and nothing of it on the page it was added to. Twice has one effect."""
    answer = Answer.objects.select_for_update().select_related("question").get(pk=answer.pk)
    if answer.withdrawn:
        return
    if not may_change(by, answer):
        raise Refused(_("Only those who gave this answer can withdraw it."))
    answer.body, answer.accepted, answer.thanks = "", False, ""
    answer.withdrawn = timezone.now()
    answer.save()


@transaction.atomic
def accept(*, by: Person, answer: Answer, thanks: str = "", thanks_shown: bool = False) -> None:
    """Choose the best answer; another that was chosen before gives way. Twice has one effect."""
    question = _locked(answer.question)
    answer = Answer.objects.get(pk=answer.pk, question=question)
    if not may_accept(by, question):
        raise Refused(_("Whoever asked chooses the best answer."))
    if not Answer.objects.given().filter(pk=answer.pk).exists():
        raise Refused(_("Choose an answer that somebody gave you and that is still there."))
    new = not answer.accepted
    for other in question.answers.filter(accepted=True).exclude(pk=answer.pk):
        other.accepted = False
        other.save(update_fields=["accepted"])
    answer.accepted = True
    if thanks.strip():
        answer.thanks, answer.thanks_shown = thanks.strip()[:300], thanks_shown
    answer.save()
    if new and answer.by_id:
        whom = None if question.anonymous else by
        happened("question.accepted", Question.kind, question.pk, by=whom, to=[answer.by_id])


@transaction.atomic
def take_back(*, by: Person, question: Question) -> None:
    """No answer is the accepted one any more."""
    question = _locked(question)
    if not may_accept(by, question):
        raise Refused(_("Whoever asked chooses the best answer."))
    for each in question.answers.filter(accepted=True):
        each.accepted = False
        each.save(update_fields=["accepted"])


@transaction.atomic
def hide_addendum(*, by: Person, answer: Answer, hidden: bool, reason: str = "") -> None:
    """Leave an accepted answer off the page that it is about, or show it there again; the reason is for its readers."""
    answer = Answer.objects.select_for_update().select_related("question").get(pk=answer.pk)
    page = page_of(answer.question)
    if page is None or not may_hide_addendum(by, page):
        raise Refused(_("Only the publishers of the page’s municipality decide that."))
    if hidden and not reason.strip():
        raise Refused(_("Say why: whoever answered reads it."))
    answer.addendum_hidden = timezone.now() if hidden else None
    answer.addendum_hidden_by = by if hidden else None
    answer.addendum_reason = reason.strip()[:300] if hidden else ""
    answer.save()


def page_of(question: Question) -> Any:
    """The live page that a question is about, whoever may read it."""
    if not question.about_id:
        return None
    each = (model.objects.live().filter(pk=question.about_id).first() for model in kinds().values())
    return next((page for page in each if page is not None), None)


@transaction.atomic
def hide_thanks(*, by: Person, answer: Answer, hidden: bool) -> None:
    """Whoever is thanked decides whether the note stands on their municipality's page."""
    if not may_manage(by, answer.municipality):
        raise Refused(_("Only the publishers of the municipality that is thanked decide that."))
    answer.thanks_hidden = hidden
    answer.save(update_fields=["thanks_hidden"])
