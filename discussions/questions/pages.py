"""The page of a question as one reader sees it, with the forms that are theirs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from core import slots
from discussions.forms import AnswerForm, ClaimForm, DeclineForm
from discussions.models import Answer, Hidden, Question, QuestionRoute, RouteState
from discussions.moderation import hiding
from discussions.questions import permissions
from discussions.questions.answering import page_of
from discussions.questions.being_asked import colleagues
from library.relations import links
from members.audit.notes import seen_privately


def question_page(request: Any, question: Question, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The question with its answers; `forms` are those that were sent and did not pass."""
    seen_privately(request, question)
    person, answers = request.user, _answers(question, request)
    unseen = _unseen(question, request)
    sent = next(iter(forms.values()), None)
    context = {
        "question": question,
        "answers": answers,
        "has_accepted": any(each.accepted for each in answers),
        # What a question is about may be for fewer people than the question.
        "about": links([question.about_id], request.reader) if question.about_id else [],
        "claims": _claims(question),
        "unseen": unseen,
        "may_answer": not unseen and permissions.may_answer(person, question),
        "may_change": permissions.may_change(person, question),
        "may_accept": permissions.may_accept(person, question),
        "asker": question.municipality if permissions.knows_asker(person, question) else None,
        "answer_preview": forms["answer_form"].preview() if "preview" in request.POST else "",
        "answer_form": forms.get("answer_form") or AnswerForm(),
        "problems": sent.problems() if sent else [],
        # To report, follow or compare what nobody else sees makes no sense.
        "sections": [] if unseen else slots.fill("question", request, question),
        **_place(question, person, forms),
    }
    return render(request, "discussions/question.html", context, status=status)


def _unseen(question: Question, request: Any) -> Hidden | None:
    """Why others don't see it (yet); only whoever asked ever gets here then."""
    own = request.reader.person_id is not None and request.reader.person_id == question.by_id
    return hiding.among(Question.kind, [question.pk]).get(question.pk) if own else None


def _answers(question: Question, request: Any) -> list[Answer]:
    """All answers with what this person may do with each; tombstones keep their place, their own are marked if unseen."""
    found = Answer.objects.shown_or_own(request.reader).filter(question=question)
    answers = list(found.select_related("municipality"))
    page = page_of(question) if any(each.addendum_hidden for each in answers) else None
    own = [each.pk for each in answers if each.by_id and each.by_id == request.reader.person_id]
    unseen = hiding.among(Answer.kind, own) if own else {}
    for each in answers:
        each.question, each.unseen = question, unseen.get(each.pk)
        each.changeable = permissions.may_change(request.user, each)
        each.left_off = bool(page and each.addendum_hidden and each.accepted)
    return answers


def _claims(question: Question) -> list[QuestionRoute]:
    """Who says that they will answer: the municipality, never the person."""
    claimed = question.routes.filter(state=RouteState.CLAIMED, person__municipality__live=True)
    return list(claimed.select_related("person__municipality").order_by("until", "pk"))


def _place(question: Question, person: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """What somebody is offered to whom the question was put."""
    if not person.is_authenticated or question.withdrawn:
        return {}
    place = QuestionRoute.objects.open().filter(question=question, person=person).first()
    asked_of = question.routes.count() if person.pk == question.by_id else 0
    if place is None:
        return {"asked_of": asked_of}
    return {
        "place": place,
        "claim_form": forms.get("claim_form")
        or ClaimForm(initial={"until": place.until} if place.until else None),
        "decline_form": forms.get("decline_form") or DeclineForm(people=colleagues(question, person)),
    }
