"""What the site keeps of items that are written here, besides Wagtail's pages, revisions, comments and workflows."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authoring.querysets import EditionQuerySet, PreviewLinkQuerySet


class Draft(models.Model):
    """An item that is being written on the site."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="authoring_draft"
    )
    # Of the form that began it: sent twice, it begins one item.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # The revision that saves by themselves write over; any other revision is kept as it is.
    autosave = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    begun = models.DateTimeField(_("begun"), auto_now_add=True)
    # When its author asked for a review where the municipality has no workflow.
    asked = models.DateTimeField(_("review asked for"), null=True)
    # A coordinator who wrote it down after a call, and for whom.
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(_("name of the author"), max_length=120, blank=True)
    author_email = models.EmailField(_("e-mail address of the author"), blank=True)
    confirmed = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.page_id)

    @property
    def awaits_author(self) -> bool:
        """Whether a coordinator wrote it and its author has not said yet that it is right."""
        return self.drafted_by_id is not None and self.confirmed is None


class Leftover(models.Model):
    """A part of a document that had no place in the item: kept until its author puts it somewhere."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="leftovers")
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("left over")
        verbose_name_plural = _("left over")

    def __str__(self) -> str:
        return self.heading or self.text[:60]


class BroughtPicture(models.Model):
    """A picture that came with a document: shown once somebody has said in words what is on it."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="brought_pictures")
    picture = models.ForeignKey("core.Picture", on_delete=models.CASCADE, related_name="+")
    # What the document itself said.
    suggested = models.CharField(_("suggested description"), max_length=255, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("picture of a document")
        verbose_name_plural = _("pictures of documents")

    def __str__(self) -> str:
        return str(self.picture)


class Purpose(models.TextChoices):
    """What a link is for."""

    CLEARANCE = "clearance", _("clearance")
    CONFIRMATION = "confirmation", _("confirmation by the author")


class PreviewLink(models.Model):
    """A link by which somebody without an account reads a draft and answers. Its token is nowhere stored."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="preview_links")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.CLEARANCE)
    name = models.CharField(_("name and role"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked = models.DateTimeField(_("asked"), auto_now_add=True)
    expires = models.DateTimeField(_("expires"))
    revoked = models.DateTimeField(_("revoked"), null=True)
    opened = models.DateTimeField(_("opened"), null=True)

    objects: ClassVar[models.Manager["PreviewLink"]] = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.name} ({self.page_id})"

    @property
    def works(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked is None and self.expires > timezone.now()


class Answer(models.Model):
    """What came back by a link: an approval of one version, or a comment."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="answers")
    approves = models.BooleanField(_("approves"))
    remark = models.TextField(_("comment"), max_length=2000, blank=True)
    version = models.CharField(_("version"), max_length=40)
    # Whether that was the draft of the moment; the approval of an older one counts for no other.
    counted = models.BooleanField(_("counted"), default=False)
    when = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["when", "pk"]
        verbose_name = _("answer by a link")
        verbose_name_plural = _("answers by links")

    def __str__(self) -> str:
        return f"{self.link}: {self.version}"


class Edition(models.Model):
    """One published state of an item, as it was: for comparing, never a draft in between.

    It keeps the audience it had: whoever was not meant to read it then does not read it now.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(encoder=DjangoJSONEncoder)
    audience = models.CharField(max_length=20)
    municipality_id = models.PositiveBigIntegerField()
    group_ids = models.JSONField(default=list)
    note = models.CharField(_("what changed, and why"), max_length=500, blank=True)
    minor = models.BooleanField(_("minor change"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(_("published"), default=timezone.now)

    objects: ClassVar[models.Manager["Edition"]] = EditionQuerySet.as_manager()
    # Among those that one reader sees: readers are told this, never the number.
    place: int

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="edition_number_once")]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.page_id}/{self.number}"


class PleaseChange(models.Model):
    """A change that a reviewer asks for: in a comment, or with the return of the whole draft; with a day, if any."""

    # No names on the other side: Wagtail writes all fields of a comment by name, and would take ours for one.
    comment = models.OneToOneField(
        "wagtailcore.Comment", on_delete=models.CASCADE, null=True, related_name="+"
    )
    task_state = models.OneToOneField(
        "wagtailcore.TaskState", on_delete=models.CASCADE, null=True, related_name="+"
    )
    due = models.DateField(_("until"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False) ^ models.Q(task_state__isnull=False),
                name="please_change_is_one_thing",
            )
        ]
        verbose_name = _("change asked for")
        verbose_name_plural = _("changes asked for")

    def __str__(self) -> str:
        return f"{self.comment_id or self.task_state_id}"

    @property
    def is_late(self) -> bool:
        """Whether the day has gone by."""
        return self.due is not None and self.due < date.today()
