"""Where administrators meet the state of the indexes: a report, and a note on their first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from search import state
from search.admin_views import IndexStateView


class _ReportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


class AlarmPanel(Component):
    """What is wrong with the search, above everything else on the first page."""

    order = 10
    template_name = "search/admin/alarm.html"

    def __init__(self, alarms: list[str]) -> None:
        self.alarms = alarms

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"alarms": self.alarms}


@hooks.register("register_admin_urls")
def state_url() -> list[URLPattern]:
    """The report's address."""
    return [path("search-indexes/", IndexStateView.as_view(), name="search_state")]


@hooks.register("register_reports_menu_item")
def state_menu_item() -> MenuItem:
    """The report among the others."""
    return _ReportsItem(_("Search indexes"), reverse("search_state"), icon_name="search", order=900)


@hooks.register("construct_homepage_panels")
def alarm_panel(request: HttpRequest, panels: list[Any]) -> None:
    """A note for administrators while something needs them."""
    if request.user.is_superuser:
        alarms = [f"{reader.name}: {alarm}" for reader in state.states() for alarm in reader.alarms]
        if alarms:
            panels.append(AlarmPanel(alarms))
