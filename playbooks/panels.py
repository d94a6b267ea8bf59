"""How the editing form of a playbook is laid out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, Panel

from library import panels as shared
from library.panels import prose

ESSENTIALS: list[Panel] = [
    shared.METER,
    *shared.CORE,
    FieldRowPanel([FieldPanel("version"), FieldPanel("status")]),
    prose("when_to_use"),
    prose("when_not_to_use"),
    shared.WHO,
    FieldPanel("maintainer"),
    shared.CHANGE,
]
STEPS: list[Panel] = [FieldPanel("steps")]
FIT: list[Panel] = [
    FieldPanel("suited_sizes"),
    FieldPanel("legal_setting"),
    prose("prerequisites"),
    MultiFieldPanel(
        [
            FieldPanel("roles"),
            FieldRowPanel([FieldPanel("staff_time"), FieldPanel("cost_band"), FieldPanel("duration")]),
        ],
        heading=_("What it takes"),
    ),
]
SAFETY: list[Panel] = [prose("checks"), prose("measures"), prose("way_out")]
MEDIA: list[Panel] = [
    FieldPanel("media"),
    FieldPanel("based_on"),
    PageChooserPanel("adapted_from"),
    shared.REUSE,
    FieldPanel("changelog"),
]
LIFE: list[Panel] = [shared.LIFE, *shared.Page.promote_panels, *shared.Page.settings_panels]
