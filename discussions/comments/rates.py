"""How often somebody may comment and mention; counted from what is stored, so no cache can forget it."""

import math
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.comments import limits
from discussions.comments.models import Comment, Mention
from members.refusal import Refused


class TooMany(Refused):
    """Too often: `seconds` until it is worth trying again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def require_room(by: Any) -> None:
    """Raises TooMany for more comments in a minute than anybody writes."""
    since = timezone.now() - limits.MINUTE
    recent = list(
        Comment.objects.filter(author=by, written__gt=since)
        .order_by("-written")
        .values_list("written", flat=True)[: limits.A_MINUTE]
    )
    if len(recent) >= limits.A_MINUTE:
        seconds = max(1, math.ceil((recent[-1] - since).total_seconds()))
        message = _(
            "That was %(limit)s comments within a minute. Your text is still here: post it a little later."
        )
        raise TooMany(message % {"limit": limits.A_MINUTE}, seconds)


def require_mentions(by: Any, new: int) -> None:
    """Raises Refused when these would be more mentions than anybody needs in a day."""
    since = timezone.now() - limits.DAY
    today = Mention.objects.filter(comment__author=by, when__gt=since).count()
    if new and today + new > limits.MENTIONS_A_DAY:
        message = _(
            "You can mention %(limit)s people a day, and have mentioned %(today)s. Take the @ out of some names."
        )
        raise Refused(message % {"limit": limits.MENTIONS_A_DAY, "today": today})
