"""Service areas in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from library.models import ServiceArea
from members.roles.sync import let_coordinators


class ServiceAreaViewSet(SnippetViewSet):
    """Coordinators edit labels, notes and synonyms; codes stay."""

    model = ServiceArea
    icon = "list-ul"
    menu_label = _("Service areas")
    add_to_admin_menu = True
    list_display = ["code", "label_en", "label_fr", "parent"]
    list_filter = ["parent"]
    search_fields = ["code", "label_en", "label_fr", "synonyms"]
    list_per_page = 100


register_snippet(ServiceAreaViewSet)

let_coordinators("library.add_servicearea", "library.change_servicearea", "library.view_servicearea")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names for what the site keeps beyond Wagtail's own."""
    actions.register_action("item.verify", _("Say that it is still true"), _("Said that it is still true"))
    actions.register_action("item.retire", _("Retire"), _("Retired"))
    actions.register_action("item.use_again", _("Use again"), _("Took back that it was retired"))
