"""Reads of questions and answers, as verbs that chain."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from discussions.moderation.hiding import not_hidden, not_hidden_or_own
from discussions.moderation.models import Hidden
from members.audience import Reader, audience_filter


def _answers() -> Any:
    from discussions.models import Answer

    return Answer.objects.all()


def _questions_for(reader: Reader) -> Any:
    from discussions.models import Question

    return Question.objects.visible_to(reader).order_by().values("pk")


def _shown_answers() -> Q:
    hidden = Q(answers__in=Hidden.objects.filter(kind="answer").values("item_id"))
    return ~hidden & Q(answers__withdrawn=None)


class QuestionQuerySet(models.QuerySet[Any]):
    """Questions."""

    def visible_to(self, reader: Reader) -> "QuestionQuerySet":
        """Those whose audience the reader belongs to, but for what was withdrawn."""
        return self.with_tombstones(reader).standing()

    def with_tombstones(self, reader: Reader) -> "QuestionQuerySet":
        """Those whose audience the reader belongs to, and what is left of those that were withdrawn."""
        return self.filter(audience_filter(reader), not_hidden("question"))

    def with_own(self, reader: Reader) -> "QuestionQuerySet":
        """What the reader finds by its address: also their own that others don't see (yet), and tombstones."""
        return self.filter(audience_filter(reader), not_hidden_or_own("question", reader))

    def standing(self) -> "QuestionQuerySet":
        """Those that were neither withdrawn nor hidden by a moderator, and wait for no check."""
        return self.filter(not_hidden("question"), withdrawn=None)

    def unanswered(self) -> "QuestionQuerySet":
        """Those without an answer of anybody but the asker."""
        given = Exists(_answers().given().filter(question=OuterRef("pk")))
        return self.standing().filter(~given)

    def in_area(self, area: Any) -> "QuestionQuerySet":
        """Questions of a service area or of its sub-areas."""
        return self.filter(Q(service_area=area) | Q(service_area__parent=area))

    def for_lists(self) -> "QuestionQuerySet":
        """With what a list shows: who asked, and how many answers there are."""
        return self.select_related("municipality", "service_area").annotate(
            answer_count=Count("answers", filter=_shown_answers())
        )


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers. Who may see the question may see its answers."""

    def shown(self) -> "AnswerQuerySet":
        """Those that no moderator has hidden and that wait for no check, tombstones among them."""
        return self.filter(not_hidden("answer"))

    def shown_or_own(self, reader: Reader) -> "AnswerQuerySet":
        """Those, and the reader's own that others don't see (yet)."""
        return self.filter(not_hidden_or_own("answer", reader))

    def standing(self) -> "AnswerQuerySet":
        """Those that were neither withdrawn nor hidden."""
        return self.shown().filter(withdrawn=None)

    def given(self) -> "AnswerQuerySet":
        """Those that answer: standing, and not the asker's own word."""
        return self.standing().filter(as_asker=False)

    def accepted(self) -> "AnswerQuerySet":
        """Those that the asker accepted."""
        return self.given().filter(accepted=True)

    def visible_to(self, reader: Reader) -> "AnswerQuerySet":
        """Those of questions that the reader may see."""
        return self.standing().filter(question__in=_questions_for(reader))

    def with_own(self, reader: Reader) -> "AnswerQuerySet":
        """Those, and the reader's own that others don't see (yet)."""
        return self.shown_or_own(reader).filter(withdrawn=None, question__in=_questions_for(reader))
