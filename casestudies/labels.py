"""The data label: what data a service collects about residents, why, and who answers for it.

Categories follow the DTPR standard (Digital Trust for Places and Routines, https://dtpr.io).
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class DataLabelBlock(blocks.StructBlock):
    """What a resident may want to know. Filled in when the gate question is answered with yes."""

    accountable = blocks.CharBlock(max_length=200, label=_("Who answers for it"))
    purpose = blocks.TextBlock(max_length=1000, label=_("Why the data is collected"))
    technology = blocks.CharBlock(max_length=300, required=False, label=_("Technology"))
    data = blocks.TextBlock(
        max_length=1000, required=False, label=_("Which data, and can it identify somebody")
    )
    processing = blocks.TextBlock(max_length=1000, required=False, label=_("What is done with it"))
    storage = blocks.CharBlock(max_length=300, required=False, label=_("Where it is stored"))
    retention = blocks.CharBlock(max_length=300, label=_("How long it is kept"))
    access = blocks.CharBlock(max_length=300, label=_("Who has access"))
    autonomy = blocks.CharBlock(max_length=300, required=False, label=_("AI: how much it decides by itself"))
    inputs = blocks.CharBlock(max_length=300, required=False, label=_("AI: what goes in"))
    outputs = blocks.CharBlock(max_length=300, required=False, label=_("AI: what comes out"))
    risks = blocks.TextBlock(max_length=1000, required=False, label=_("AI: risks"))
    rights = blocks.TextBlock(max_length=1000, required=False, label=_("AI: residents’ rights"))

    class Meta:
        icon = "tag"
        label = _("Data label")
        template = "casestudies/blocks/data_label.html"
