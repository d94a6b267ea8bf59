"""Choosers of the Wagtail admin, narrowed to what the editor may meet; its listings show what one works on anyway."""

from typing import Any

from wagtail import hooks

from members.editor import sight

_OF_EVERYTHING = ("page-types-usage", "workflows", "workflow-tasks")


@hooks.register("construct_page_chooser_queryset")
def choosable(pages: Any, request: Any) -> Any:
    """A page can be named that one works on or may read."""
    return pages.filter(pk__in=sight.pages(request.user).order_by().values("pk"))


@hooks.register("construct_reports_menu")
def no_report_of_everything(request: Any, menu_items: list[Any]) -> None:
    """Page types are counted over everybody's pages, and reviews name everybody's people: for administrators."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in _OF_EVERYTHING]
