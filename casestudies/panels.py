"""How the editing form of a case study is laid out: what a stub needs first, the rest by use to peers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, Panel

from library import panels as shared
from library.panels import prose

ESSENTIALS: list[Panel] = [
    shared.METER,
    *shared.CORE,
    FieldPanel("stage"),
    FieldPanel("verdict"),
    FieldRowPanel([FieldPanel("started"), FieldPanel("went_live"), FieldPanel("ended")]),
    FieldPanel("beneficiaries"),
    shared.WHO,
    shared.CHANGE,
]
STORY: list[Panel] = [
    prose(name) for name in ("problem", "what_we_did", "challenges", "conditions", "lessons", "transfer")
]
NUMBERS: list[Panel] = [
    FieldPanel("outcomes"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("setup_cost"), FieldPanel("yearly_cost")]),
            FieldRowPanel([FieldPanel("currency"), FieldPanel("cost_year"), FieldPanel("staff_months")]),
            FieldPanel("funding"),
            FieldPanel("procurement"),
            FieldPanel("tender_files"),
            FieldRowPanel([FieldPanel("contract_end"), FieldPanel("reuse_clause")]),
        ],
        heading=_("What it took"),
    ),
    FieldPanel("products"),
    FieldPanel("standards"),
]
TRUST: list[Panel] = [
    MultiFieldPanel([FieldPanel("gate"), FieldPanel("data_label")], heading=_("Data label")),
    prose("inclusion"),
    MultiFieldPanel([prose("candid_note"), FieldPanel("candid_audience")], heading=_("Candid note")),
]
MEDIA: list[Panel] = [
    FieldPanel("media"),
    FieldPanel("repository"),
    PageChooserPanel("based_on"),
    shared.REUSE,
]
LIFE: list[Panel] = [shared.LIFE, *shared.Page.promote_panels, *shared.Page.settings_panels]
