"""Names for what moderation keeps in the log, and what an editor is told of a hidden page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from discussions.moderation.guard import is_hidden, why_not_shown

ACTIONS = {
    "comment.delete": (_("Delete a comment"), _("Deleted their comment")),
    "comment.close": (_("Close a thread"), _("Closed the thread")),
    "comment.reopen": (_("Reopen a thread"), _("Opened the thread again")),
    "moderation.hidden": (_("Hide"), _("Hid it")),
    "moderation.shown": (_("Show again"), _("Showed it again")),
    "moderation.warned": (_("Warn"), _("Warned its author")),
    "moderation.suspended": (_("Suspend"), _("Suspended its author")),
    "moderation.lifted": (_("End a suspension"), _("Ended the suspension")),
    "moderation.dismissed": (_("Dismiss a report"), _("Found nothing wrong with it")),
    "moderation.approved": (_("Let a first post through"), _("Let the first post through")),
    "moderation.declined": (_("Decline a first post"), _("Did not let the first post through")),
    "moderation.first_posts_on": (_("Begin checking first posts"), _("Had first posts checked")),
    "moderation.first_posts_off": (_("Stop checking first posts"), _("Stopped having first posts checked")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names for what moderation and comments keep beyond Wagtail's own."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("before_publish_page")
def hidden_pages_stay_hidden(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A hidden page can be edited, and is shown again by a moderator alone."""
    if not is_hidden(page):
        return None
    messages.error(request, why_not_shown())
    return redirect("wagtailadmin_pages:edit", page.pk)
