"""Editing panels that every item has, grouped as peers find them useful."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.models import Page
from wagtailmarkdown.widgets import MarkdownTextarea


def prose(name: str) -> FieldPanel:
    """A field in which people write Markdown."""
    return FieldPanel(name, widget=MarkdownTextarea)


METER = HelpPanel(template="library/admin/completeness.html", heading=_("Completeness"))
RECORDS = HelpPanel(template="site/records_notice.html")

CORE: list[Panel] = [
    RECORDS,
    *Page.content_panels,
    FieldPanel("summary"),
    FieldPanel("service_areas"),
    FieldPanel("language"),
]


class ChangePanel(MultiFieldPanel):
    """What is said of a change; a first publication is none."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.first_published_at is not None and super().is_shown()


CHANGE = ChangePanel(
    [
        FieldPanel("change_note", disable_comments=True),
        FieldPanel("change_minor", disable_comments=True),
    ],
    heading=_("When this change is published"),
    icon="doc-full",
)
REUSE = MultiFieldPanel(
    [FieldPanel("licence"), FieldPanel("source"), FieldPanel("source_url"), FieldPanel("tags")],
    heading=_("Reuse and source"),
)
WHO = MultiFieldPanel(
    [FieldPanel("contact_mailbox"), FieldPanel("contact_role"), FieldPanel("partners")],
    heading=_("Whom to ask"),
)
LIFE = MultiFieldPanel(
    [
        FieldPanel("audience"),
        FieldPanel("groups", widget=CheckboxSelectMultiple),
        FieldPanel("last_verified"),
        FieldPanel("review_by"),
        FieldPanel("cleared_by"),
        FieldPanel("cleared_on"),
        FieldPanel("cleared_version"),
        PageChooserPanel("supersedes"),
        PageChooserPanel("translation_of"),
        FieldPanel("identifier"),
    ],
    heading=_("Life of this page"),
)
