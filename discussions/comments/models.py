"""Comments, their earlier versions, and what people say of them."""

import secrets
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rendered import RenderedMarkdown
from discussions.comments.querysets import CommentQuerySet
from library.choices import Language

TOKEN_LENGTH = 43


def new_token() -> str:
    """Names one act of writing, so that sending it twice has one effect."""
    return secrets.token_urlsafe(32)


class State(models.TextChoices):
    """Who sees a comment."""

    SHOWN = "shown", _("shown")
    HELD = "held", _("waiting for a check")
    HIDDEN = "hidden", _("hidden")
    DELETED = "deleted", _("deleted")
    # Deleted before anybody else had seen it, or while it was hidden: not even its place stays.
    WITHDRAWN = "withdrawn", _("withdrawn")


class HelpfulReason(models.TextChoices):
    """What a comment was good for."""

    SAVED_TIME = "saved_time", _("It saved us time")
    ANSWERED = "answered", _("It answered my question")
    NEW = "new", _("I did not know that")
    WILL_TRY = "will_try", _("We will try it")


class Comment(RenderedMarkdown, models.Model):
    """One person's word on a page. Has no audience of its own: it is the page's, asked anew each time."""

    kind = "comment"

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="comments", verbose_name=_("page")
    )
    # The comment that the thread began with; none for that one itself. One level, however deep people reply.
    thread = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    answers_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(
        "members.Person",
        null=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        verbose_name=_("author"),
    )
    # For whom they wrote: people move on.
    municipality = models.ForeignKey(
        "members.MunicipalityPage", null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("municipality"),
    )  # fmt: skip
    body = models.TextField(_("comment"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SHOWN)
    written = models.DateTimeField(_("written"), auto_now_add=True)
    edited = models.DateTimeField(_("edited"), null=True)
    # Counts edits: whoever saves over a number that has passed is told.
    version = models.PositiveIntegerField(_("version"), default=1)
    token = models.CharField(max_length=TOKEN_LENGTH, default=new_token)
    is_answer = models.BooleanField(_("answer"), default=False)
    closed = models.DateTimeField(_("closed"), null=True)

    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)
    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["author", "token"], name="comment_sent_once")]
        indexes = [
            models.Index(fields=["page", "thread", "state", "id"], name="comment_in_thread"),
            models.Index(fields=["author", "written"], name="comment_by_author"),
        ]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """The address that leads to it wherever its thread stands by then."""
        return reverse("discussions:comment", args=[self.pk])

    @property
    def starter_id(self) -> int:
        """The number of the comment that its thread began with, itself perhaps."""
        return self.thread_id or self.pk


class CommentVersion(RenderedMarkdown, models.Model):
    """What a comment said before it was edited, or deleted."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("comment"))
    written = models.DateTimeField(_("written"))
    # Set aside when the comment was deleted: nobody reads it, and it goes soon.
    set_aside = models.DateTimeField(null=True)

    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="comment_version_once")]
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")

    def __str__(self) -> str:
        return f"{self.comment_id}.{self.number}"


class Helpful(models.Model):
    """One person found a comment helpful, and says what for."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="helped")
    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=12, choices=HelpfulReason.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="helpful_once")]
        verbose_name = _("helpful vote")
        verbose_name_plural = _("helpful votes")

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.reason}"


class Mention(models.Model):
    """Somebody was named in a comment and told of it. Stays when an edit takes the name out: nobody is told twice."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    when = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mentioned_once")]
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.person_id}"


class CommentFile(models.Model):
    """A file that came with a comment. Given out by the comment's own address only."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("core.File", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a comment")
        verbose_name_plural = _("files of comments")

    def __str__(self) -> str:
        return str(self.file)


class KeptText(models.Model):
    """What somebody wrote and could not post, kept for them alone."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    body = models.TextField(_("text"))
    token = models.CharField(max_length=TOKEN_LENGTH)
    when = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "token"], name="text_kept_once")]
        verbose_name = _("text that was not posted")
        verbose_name_plural = _("texts that were not posted")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.when:%Y-%m-%d}"
