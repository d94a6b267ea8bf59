"""Pictures and documents. Custom models from the first migration, as Wagtail advises."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.gltf import check_model_file


class Picture(AbstractImage):
    """An image; its `description` is the default alternative text."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, and under which licence.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """A resized copy of a picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class File(AbstractDocument):
    """A document to download, or a 3-D model (glTF) to look at."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    @property
    def is_model(self) -> bool:
        """Whether this is a 3-D model."""
        return self.file_extension in {"glb", "gltf"}

    def clean(self) -> None:
        super().clean()
        if self.file and self.is_model and not self.file._committed:
            problem = check_model_file(self.file, self.file_extension)
            if problem:
                raise ValidationError({"file": problem})
