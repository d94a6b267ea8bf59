"""Questions to peers and their answers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.rendered import RenderedMarkdown
from discussions.comments.models import Comment, CommentFile, CommentVersion, Helpful, KeptText, Mention
from discussions.moderation.models import Decision, FirstPostCheck, Hidden, Report, Suspension
from discussions.querysets import AnswerQuerySet, QuestionQuerySet
from discussions.questions.routes import QuestionRoute, RouteState, Why, new_token
from library.choices import Language
from library.forms import ThingForm
from library.panels import RECORDS
from library.thanks import Thanked
from members.audience import WITHOUT_GROUPS, Audience

__all__ = [
    "Answer", "Comment", "CommentFile", "CommentVersion", "Decision", "FirstPostCheck", "Helpful", "Hidden",
    "KeptText", "Mention", "Question", "QuestionRoute", "Report", "RouteState", "Suspension", "Why", "new_token",
]  # fmt: skip
PERSON = settings.AUTH_USER_MODEL


class Question(RenderedMarkdown, ClusterableModel):
    """Asked of peers by a municipality; the best answer is accepted.

    Who asked an anonymous one is known to the person, the coordinators of the region and administrators: everything
    that names the municipality to anybody else asks `known_asker`, never `municipality`.
    """

    kind = "question"
    # The editor shows by which things a page is used: an anonymous question must not be among them.
    wagtail_reference_index_ignore = True

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
    by = models.ForeignKey(
        PERSON, null=True, editable=False, on_delete=models.SET_NULL, related_name="questions"
    )
    anonymous = models.BooleanField(_("without the municipality’s name"), default=False)
    edited = models.DateTimeField(_("edited"), null=True, editable=False)
    # A tombstone: what was asked is gone, that something was asked is not.
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    # Names one act of asking, so that sending it twice has one effect.
    token = models.CharField(max_length=43, default=new_token, editable=False)
    # When the coordinators were told that nobody answers, and when those asked were last reminded.
    overdue_told = models.DateTimeField(null=True, editable=False)
    nudged = models.DateTimeField(null=True, editable=False)

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
        constraints = [
            models.UniqueConstraint(fields=["by", "token"], name="question_sent_once"),
            models.CheckConstraint(
                condition=models.Q(anonymous=False) | ~models.Q(audience="municipality"),
                name="anonymous_is_for_others",
            ),
        ]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.title or gettext("Withdrawn question")

    @property
    def known_asker(self) -> Any:
        """The municipality that asked, if it may be named to everybody who may read the question; otherwise None."""
        return None if self.anonymous else self.municipality

    @property
    def asker_name(self) -> str:
        """What everybody may be told of who asked."""
        return gettext("A municipality") if self.anonymous else self.municipality.title

    def get_absolute_url(self) -> str:
        return reverse("discussions:question", args=[self.pk, slugify(self.title) or "question"])


class Answer(RenderedMarkdown, Thanked):
    """One municipality's answer to a question. The accepted one stands on the page that the question is about."""

    kind = "answer"
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
    by = models.ForeignKey(
        PERSON, null=True, editable=False, on_delete=models.SET_NULL, related_name="answers"
    )
    # The asker's own word: of an anonymous one, the municipality is not named here either.
    as_asker = models.BooleanField(default=False, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, editable=False)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    token = models.CharField(max_length=43, default=new_token, editable=False)
    # The publishers of the page that it was added to may have it hidden there, and say why.
    addendum_hidden = models.DateTimeField(null=True, editable=False)
    addendum_hidden_by = models.ForeignKey(
        PERSON, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    addendum_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    # For a page that shows it: whether its reader may change it, whether it is left off the page it is about, and
    # why others don't see it (yet).
    changeable = False
    left_off = False
    unseen: Any = None

    objects = AnswerQuerySet.as_manager()
    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)
    panels = [FieldPanel(n) for n in ("municipality", "body")]

    class Meta:
        ordering = ["-accepted", "answered", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "token"], name="answer_sent_once"),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(accepted=True), name="one_accepted_answer"
            ),
        ]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.question}"

    @property
    def author_name(self) -> str:
        """What everybody may be told of who answered."""
        if self.as_asker and self.question.anonymous:
            return gettext("The municipality that asked")
        return self.municipality.title

    @property
    def known_author(self) -> Any:
        """The municipality that answered, if it may be named to everybody who may read the question."""
        return None if self.as_asker and self.question.anonymous else self.municipality

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#answer-{self.pk}"
