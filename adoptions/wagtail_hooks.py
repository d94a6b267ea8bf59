"""Adoptions in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from adoptions.models import Adoption


class AdoptionViewSet(SnippetViewSet):
    """A municipality declares what it takes up."""

    model = Adoption
    icon = "check"
    menu_label = _("Adoptions")
    add_to_admin_menu = True
    list_display = ["municipality", "source", "state", "since", "months_saved"]
    list_filter = ["state"]


register_snippet(AdoptionViewSet)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the log calls what is done with adoptions."""
    actions.register_action("adoption.erase", _("Erase an adoption"), _("Erased the record of an adoption"))
