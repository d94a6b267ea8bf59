"""What news says: one sentence for each thing that can happen."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.inbox.things import Thing

# For whoever follows; everything else is told to those it concerns only.
FOR_FOLLOWERS = {
    "item.published": gettext_lazy("%(who)s published “%(title)s”"),
    "item.changed": gettext_lazy("%(who)s changed “%(title)s”"),
    "item.verified": gettext_lazy("%(who)s says that “%(title)s” is still true"),
    "item.retired": gettext_lazy("%(who)s retired “%(title)s”"),
    "item.used_again": gettext_lazy("%(who)s says that “%(title)s” is in use again"),
    "comment.added": gettext_lazy("%(who)s commented on “%(title)s”"),
    "question.asked": gettext_lazy("%(who)s asks: %(title)s"),
    "question.answered": gettext_lazy("%(who)s answered the question “%(title)s”"),
    "question.accepted": gettext_lazy("An answer to “%(title)s” was accepted"),
    "adoption.declared": gettext_lazy("“%(title)s” was taken up"),
    "adoption.changed": gettext_lazy("Something changed for an adopter of “%(title)s”"),
}
DIRECT = {
    "comment.mentioned": gettext_lazy("%(who)s mentioned you in a comment on “%(title)s”"),
    "comment.helpful": gettext_lazy("%(who)s found your comment on “%(title)s” helpful"),
    "comment.answered": gettext_lazy("A reply on “%(title)s” was marked as the answer"),
    "question.routed": gettext_lazy("%(who)s asks, and you may know: %(title)s"),
    "question.claimed": gettext_lazy("%(who)s will answer your question “%(title)s”"),
    "question.unanswered": gettext_lazy("Nobody has answered yet: %(title)s"),
    "item.stale": gettext_lazy("Is “%(title)s” still true? One click on the page says so"),
    "review.asked": gettext_lazy("%(who)s asks you to look at the draft of “%(title)s”"),
    "review.returned": gettext_lazy("%(who)s asks for changes to “%(title)s”"),
    "review.approved": gettext_lazy("%(who)s approved “%(title)s”"),
    "review.commented": gettext_lazy("%(who)s commented on the draft of “%(title)s”"),
    "clearance.answered": gettext_lazy("The clearance of “%(title)s” was answered"),
    "moderation.hidden": gettext_lazy("A moderator hid something that you wrote"),
    "moderation.shown": gettext_lazy("Something that you wrote is shown again"),
    "moderation.warned": gettext_lazy("A moderator has a word for you"),
    "moderation.approved": gettext_lazy("Something that you wrote was checked and is there now"),
    "moderation.declined": gettext_lazy("Something that you wrote was checked and is not shown"),
}
SENTENCES: dict[str, Any] = {**FOR_FOLLOWERS, **DIRECT}


def sentence(verb: str, about: Thing) -> str:
    """What happened, in the language of the interface; of who did it no more than its reader may know."""
    words = SENTENCES.get(verb, gettext_lazy("Something happened with “%(title)s”"))
    return str(words) % {"who": about.who or _("Somebody"), "title": about.title}
