"""What happens in the editor and is worth telling; what the log of who did what calls our own doings."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from authoring.editions import actions as editions
from library.models import LibraryPage

# Longer than a decision takes, shorter than anybody waits before trying again.
DECIDING_SECONDS = 5

ACTIONS = {
    "clearance.ask": (_("Ask for clearance"), _("Asked somebody without an account for clearance")),
    "clearance.revoke": (_("Revoke a link"), _("Revoked a link for clearance")),
    "clearance.answer": (_("Answer by a link"), _("Answered by a link")),
    "clearance.confirm": (_("Confirm a draft"), _("Confirmed what a coordinator had written down")),
}


@hooks.register("before_edit_page")
def decided_once(request: Any, page: Any) -> HttpResponse | None:
    """A decision on a draft that is sent twice at the same moment is taken once; Wagtail fails on the second."""
    if request.method != "POST" or "action-workflow-action" not in request.POST:
        return None
    if cache.add(f"authoring:deciding:{page.pk}:{page.latest_revision_id}", True, DECIDING_SECONDS):
        return None
    messages.info(request, _("This decision is being taken already. Here is how the draft stands."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_publish_page")
def published_in_the_editor(request: Any, page: Any) -> None:
    """Somebody published one page by hand, or set a day for it: then there is nothing to tell yet."""
    if isinstance(page, LibraryPage):
        page.refresh_from_db(fields=["live", "first_published_at", "last_published_at", "live_revision"])
        editions.announce(page, by=request.user, revision_id=page.latest_revision_id)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names for what the site keeps beyond Wagtail's own."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
