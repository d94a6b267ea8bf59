"""What is written down when a question or an answer is there for others: at once, or when it was let through."""

from core.happenings import happened
from discussions.models import Answer, Question, RouteState
from discussions.questions import routing


def asked(question: Question) -> None:
    """Followers hear of it, and it is put to those who may know. Inside a transaction."""
    happened("question.asked", Question.kind, question.pk, by=None if question.anonymous else question.by)
    routing.route(question, by=question.by)


def answered(answer: Answer) -> None:
    """Whoever asked hears of it, and followers; to whom it was put has answered. Inside a transaction."""
    question = answer.question
    if answer.by_id:
        question.routes.filter(person=answer.by_id).update(state=RouteState.ANSWERED)
    hides = answer.as_asker and question.anonymous
    to = [question.by_id] if question.by_id and question.by_id != answer.by_id else []
    happened(
        "question.answered",
        Question.kind,
        question.pk,
        by=None if hides else answer.by,
        to=to,
    )
