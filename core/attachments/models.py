"""What files and pictures a page shows, and the words in files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.attachments.extract import Outcome


class Attachment(models.Model):
    """A file or picture that the published text of a page shows.

    Written in the page's own transaction from what is published, never from a draft: who may read
    one of the pages may have the file.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("core.File", on_delete=models.CASCADE, null=True, related_name="attachments")
    picture = models.ForeignKey(
        "core.Picture", on_delete=models.CASCADE, null=True, related_name="attachments"
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) ^ models.Q(picture__isnull=False),
                name="attachment_is_one_thing",
            ),
            models.UniqueConstraint(fields=["page", "file"], name="attachment_file_once"),
            models.UniqueConstraint(fields=["page", "picture"], name="attachment_picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file or self.picture} ({self.page_id})"


class FileText(models.Model):
    """The words of a file, as they were taken out of the content with this digest."""

    file = models.OneToOneField("core.File", on_delete=models.CASCADE, primary_key=True, related_name="words")
    digest = models.CharField(_("digest"), max_length=40)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING, db_index=True
    )
    text = models.TextField(_("text"), blank=True)
    problem = models.TextField(_("problem"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        verbose_name = _("words of a file")
        verbose_name_plural = _("words of files")

    def __str__(self) -> str:
        return f"{self.file_id}: {self.outcome}"
