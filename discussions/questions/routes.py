"""Whom a question was put to, and what became of it."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """Names one act of writing, so that sending it twice has one effect."""
    return secrets.token_urlsafe(32)


class RouteState(models.TextChoices):
    """Where somebody stands with a question that was put to them."""

    ASKED = "asked", _("asked")
    CLAIMED = "claimed", _("will answer")
    DECLINED = "declined", _("not me")
    ANSWERED = "answered", _("answered")


class Why(models.TextChoices):
    """Why a question was put to somebody."""

    ADOPTED = "adopted", _("Your municipality adopted what it is about.")
    RUNS = "runs", _("Your municipality wrote what it is about.")
    HELPS = "helps", _("You offer help in this service area.")
    NAMED = "named", _("A colleague named you.")
    COORDINATOR = "coordinator", _("A coordinator thought of you.")


class RouteQuerySet(models.QuerySet["QuestionRoute"]):
    """Questions put to people."""

    def open(self) -> "RouteQuerySet":
        """Those that the person has neither answered nor declined."""
        return self.filter(state__in=(RouteState.ASKED, RouteState.CLAIMED), question__withdrawn=None)


class QuestionRoute(models.Model):
    """A question that was put to one person."""

    question = models.ForeignKey("discussions.Question", on_delete=models.CASCADE, related_name="routes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_routes"
    )
    why = models.CharField(_("why"), max_length=12, choices=Why.choices)
    state = models.CharField(_("state"), max_length=10, choices=RouteState.choices, default=RouteState.ASKED)
    asked = models.DateTimeField(_("asked"), default=timezone.now)
    until = models.DateField(_("answer by"), null=True, blank=True)
    # Who named them, if the site did not find them by itself.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager["QuestionRoute"]] = RouteQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        ordering: ClassVar = ["asked", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "person"], name="asked_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "asked"], name="asks_of_person")]
        verbose_name = _("question put to somebody")
        verbose_name_plural = _("questions put to people")

    def __str__(self) -> str:
        return f"{self.question_id} → {self.person_id}: {self.state}"
