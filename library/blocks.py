"""Blocks that case studies and playbooks share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from library.choices import EvidenceGrade


class PartnerBlock(blocks.StructBlock):
    """Somebody who took part, and how."""

    name = blocks.CharBlock(max_length=160, label=_("Name"))
    role = blocks.CharBlock(
        max_length=160, label=_("Role"), help_text=_("For example: co-funder, vendor, evaluator.")
    )

    class Meta:
        icon = "group"
        label = _("Partner")
        preview_value = {"name": "Barrie", "role": "co-funder"}


class ProductBlock(blocks.StructBlock):
    """A product and who sells it."""

    name = blocks.CharBlock(max_length=160, label=_("Product"))
    vendor = blocks.CharBlock(max_length=160, required=False, label=_("Vendor"))

    class Meta:
        icon = "cogs"
        label = _("Product")
        preview_value = {"name": "Alexa", "vendor": "Amazon"}


class OutcomeBlock(blocks.StructBlock):
    """One measured or reported result."""

    metric = blocks.CharBlock(max_length=160, label=_("What was measured"))
    baseline = blocks.CharBlock(max_length=80, required=False, label=_("Before"))
    result = blocks.CharBlock(max_length=80, label=_("After"))
    unit = blocks.CharBlock(max_length=40, required=False, label=_("Unit"))
    period = blocks.CharBlock(max_length=80, required=False, label=_("Period"))
    method = blocks.CharBlock(max_length=200, required=False, label=_("How it was measured"))
    evidence = blocks.ChoiceBlock(
        choices=EvidenceGrade.choices, default=EvidenceGrade.SELF_REPORTED, label=_("Evidence")
    )

    class Meta:
        icon = "form"
        label = _("Outcome")
        preview_value = {
            "metric": "Calls about ploughing",
            "baseline": "120",
            "result": "80",
            "unit": "a week",
        }


class ModelFileBlock(DocumentChooserBlock):
    """A 3-D model among the documents."""

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document is not None and not document.is_model:
            raise ValidationError(_("Choose a 3-D model: a file that ends in .glb or .gltf."))
        return document


class ModelBlock(blocks.StructBlock):
    """A 3-D model shown in the page, with a picture for those who cannot see it move."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    model = ModelFileBlock(label=_("3-D model (glTF)"))
    picture = ImageChooserBlock(label=_("Picture shown instead"))
    description = blocks.TextBlock(max_length=500, label=_("Description in words"))

    class Meta:
        icon = "view"
        label = _("3-D model")
        template = "library/blocks/model.html"


class CaptionedImageBlock(blocks.StructBlock):
    """A picture with alternative text and a caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(max_length=250, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "library/blocks/picture.html"


class VideoBlock(blocks.StructBlock):
    """A video on a known host, with what it says in words."""

    video = EmbedBlock(label=_("Address of the video"), max_width=960)
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    transcript = blocks.TextBlock(required=False, label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "library/blocks/video.html"


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(max_length=250, required=False, label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "library/blocks/document.html"


class MediaStreamBlock(blocks.StreamBlock):
    """Pictures, videos, documents and 3-D models."""

    picture = CaptionedImageBlock()
    video = VideoBlock()
    document = DocumentBlock()
    model = ModelBlock()
