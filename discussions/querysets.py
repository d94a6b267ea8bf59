"""Reads of questions, as verbs that chain."""

from typing import Any

from django.db import models
from django.db.models import Count, Q

from discussions.moderation.hiding import not_hidden
from discussions.moderation.models import Hidden
from members.audience import Reader, audience_filter


def _shown_answers() -> Q:
    return ~Q(answers__in=Hidden.objects.filter(kind="answer").values("item_id"))


class QuestionQuerySet(models.QuerySet[Any]):
    """Questions."""

    def visible_to(self, reader: Reader) -> "QuestionQuerySet":
        """Those whose audience the reader belongs to."""
        return self.filter(audience_filter(reader), not_hidden("question"))

    def in_area(self, area: Any) -> "QuestionQuerySet":
        """Questions of a service area or of its sub-areas."""
        return self.filter(Q(service_area=area) | Q(service_area__parent=area))

    def for_lists(self) -> "QuestionQuerySet":
        """With what a list shows: who asked, and how many answers there are."""
        return self.select_related("municipality", "service_area").annotate(
            answer_count=Count("answers", filter=_shown_answers())
        )
