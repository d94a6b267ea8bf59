"""Questions to peers and their answers."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.rendered import RenderedMarkdown
from discussions.comments.models import Comment, CommentFile, CommentVersion, Helpful, KeptText, Mention
from discussions.moderation.models import Decision, FirstPostCheck, Hidden, Report, Suspension
from discussions.querysets import QuestionQuerySet
from library.choices import Language
from library.forms import ThingForm
from library.panels import RECORDS
from members.audience import WITHOUT_GROUPS, Audience

__all__ = [
    "Answer", "Comment", "CommentFile", "CommentVersion", "Decision", "FirstPostCheck", "Helpful", "Hidden",
    "KeptText", "Mention", "Question", "Report", "Suspension",
]  # fmt: skip


class Question(RenderedMarkdown, ClusterableModel):
    """Asked of peers by a municipality; the best answer is accepted."""

    kind = "question"

    title = models.CharField(_("question"), max_length=200)
    body = models.TextField(_("details"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    municipality = models.ForeignKey(
        "members.MunicipalityPage",
        on_delete=models.PROTECT,
        related_name="questions",
        verbose_name=_("asked by"),
    )
    service_area = models.ForeignKey(
        "library.ServiceArea",
        on_delete=models.PROTECT,
        related_name="questions",
        verbose_name=_("service area"),
    )
    about = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_about",
        verbose_name=_("about"),
    )  # fmt: skip
    audience = models.CharField(_("audience"), max_length=20, choices=WITHOUT_GROUPS, default=Audience.PUBLIC)
    asked = models.DateTimeField(_("asked"), auto_now_add=True)

    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)
    panels = [
        RECORDS,
        *(
            FieldPanel(n)
            for n in ("title", "body", "language", "municipality", "service_area", "about", "audience")
        ),
        InlinePanel("answers", label=_("Answer"), heading=_("Answers")),
    ]
    base_form_class = ThingForm
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("discussions:question", args=[self.pk, slugify(self.title) or "question"])


class Answer(RenderedMarkdown, models.Model):
    """One municipality's answer to a question."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="answers")
    municipality = models.ForeignKey(
        "members.MunicipalityPage",
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=_("answered by"),
    )
    body = models.TextField(_("answer"))
    accepted = models.BooleanField(_("accepted"), default=False)
    answered = models.DateTimeField(_("answered"), auto_now_add=True)

    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)
    panels = [FieldPanel(n) for n in ("municipality", "body", "accepted")]

    class Meta:
        ordering = ["-accepted", "answered", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.question}"
