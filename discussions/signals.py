"""Questions are found by search: their changes go into the log."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from core.events import record, record_all
from core.log import Reason
from discussions.models import Answer, Question
from members.models import MunicipalityPage


@receiver(post_save, sender=Question)
def question_saved(instance: Question, **kwargs: Any) -> None:
    # The audience may have narrowed; taking each save first costs nothing at this size.
    record(Question.kind, instance.pk, Reason.DELETE if instance.withdrawn else Reason.AUDIENCE)


@receiver(post_delete, sender=Question)
def question_deleted(instance: Question, **kwargs: Any) -> None:
    record(Question.kind, instance.pk, Reason.DELETE)


@receiver(page_published, sender=MunicipalityPage)
def municipality_changed(instance: MunicipalityPage, **kwargs: Any) -> None:
    record_all(Question.kind, instance.questions.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=Answer)
def answer_changed(instance: Answer, **kwargs: Any) -> None:
    # What was withdrawn is gone at once; taking each change first costs nothing at this size.
    record(Question.kind, instance.question_id, Reason.AUDIENCE)
