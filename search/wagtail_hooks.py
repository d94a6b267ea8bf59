"""The thesaurus in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import TermGroup


class TermGroupViewSet(SnippetViewSet):
    """Coordinators say what means the same; the next search knows it."""

    model = TermGroup
    icon = "openquote"
    menu_label = _("Thesaurus")
    add_to_admin_menu = True
    list_display = ["__str__", "active"]
    list_filter = ["active"]
    search_fields = ["name", "english", "french"]
    list_per_page = 100
    panels = [FieldPanel(name) for name in ("name", "english", "french", "active")]


register_snippet(TermGroupViewSet)
