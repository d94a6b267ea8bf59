"""The thesaurus, what is wanted, and the state of the indexes, in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from members.roles.sync import let_coordinators
from search import admin_hooks  # noqa: F401
from search.models import TermGroup, WantedSearch


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


class ListedPolicy(ModelPermissionPolicy):
    """To be read and cleared away; only searches write it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class WantedSearchViewSet(SnippetViewSet):
    """What people searched for in vain, most often first."""

    model = WantedSearch
    icon = "search"
    menu_label = _("Wanted")
    add_to_admin_menu = True
    list_display = ["query", "count", "last_seen"]
    search_fields = ["query"]
    copy_view_enabled = False
    inspect_view_enabled = True
    list_export = ["query", "count", "last_seen"]
    list_per_page = 100
    panels = [FieldPanel("query", read_only=True)]


register_permission_policy(WantedSearch, ListedPolicy(WantedSearch))
register_snippet(TermGroupViewSet)
register_snippet(WantedSearchViewSet)
let_coordinators(
    "search.add_termgroup", "search.change_termgroup", "search.delete_termgroup", "search.view_termgroup",
    "search.view_wantedsearch", "search.delete_wantedsearch",
)  # fmt: skip
