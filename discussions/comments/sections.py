"""A page's comments, on the page."""

from typing import Any

from core.forms import number
from core.slots import Section, register
from discussions.comments import threads
from discussions.comments.forms import CommentForm
from discussions.comments.threads import Viewer


def comments_on(request: Any, item: Any) -> Section:
    """Some threads, and a form to write in for those who may."""
    viewer = Viewer.of(request, item)
    listing, shown = threads.page_of_threads(viewer, number(request.GET.get("comments")) or 1)
    context = {
        "page": item,
        "threads": shown,
        "listing": listing,
        "count": threads.count(item.pk) if shown else 0,
        "form": CommentForm.empty(item) if viewer.writes else None,
        "signed_in": request.user.is_authenticated,
    }
    return Section("discussions/sections/comments.html", context)


register("item", comments_on, order=30)
