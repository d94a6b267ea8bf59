"""What was checked is there for others from now on: its time is that of now, and now people are told."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from discussions.comments import telling as of_comments
from discussions.comments.models import Comment, State
from discussions.models import Answer, Question
from discussions.questions import telling as of_questions


def comment(held: Comment) -> None:
    """Readers of the page see it; those whom it concerns are told."""
    held.state = State.SHOWN
    held.save(update_fields=["state"])
    of_comments.changed(held)
    of_comments.added(held)


def question(held: Question) -> None:
    """It is asked now: the days that it waits for an answer begin, and it is put to those who may know."""
    held.asked = timezone.now()
    held.save(update_fields=["asked"])
    of_questions.asked(held)


def answer(held: Answer) -> None:
    """It is given now."""
    held.answered = timezone.now()
    held.save(update_fields=["answered"])
    of_questions.answered(held)


RELEASES: dict[str, Callable[[Any], None]] = {
    Comment.kind: comment,
    Question.kind: question,
    Answer.kind: answer,
}
