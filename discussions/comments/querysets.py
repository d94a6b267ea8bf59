"""Reads of comments, as verbs that chain."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from library.registry import kinds
from members.audience import Reader

# What a thread may begin with for its replies to be seen.
STANDING = ("shown", "deleted")


def on_visible_pages(reader: Reader) -> Q:
    """The rule of every comment: whoever may read the page may read it."""
    allowed = Q(pk__in=())
    for model in kinds().values():
        visible = model.objects.visible_to(reader).filter(pk=OuterRef("page_id")).order_by()
        allowed |= Q(Exists(visible))
    return allowed


class CommentQuerySet(models.QuerySet[Any]):
    """Comments."""

    def shown(self) -> "CommentQuerySet":
        """Those that readers of the page see: neither held, hidden nor deleted, nor below what is not there."""
        return self.filter(Q(thread=None) | Q(thread__state__in=STANDING), state="shown")

    def visible_to(self, reader: Reader) -> "CommentQuerySet":
        """Those of pages that this reader may see."""
        return self.shown().filter(on_visible_pages(reader))

    def standing(self, reader: Reader, checks: Q | None = None) -> "CommentQuerySet":
        """What this reader sees in a thread: also what was deleted, as such, and their own that others don't see.

        `checks` are held ones of others that this reader decides on.
        """
        own = (
            Q(author_id=reader.person_id, state__in=("held", "hidden")) if reader.person_id else Q(pk__in=())
        )
        mine = Q(state__in=STANDING) | own
        mine = mine if checks is None else mine | (Q(state="held") & checks)
        return self.filter(mine)

    def readable_by(self, reader: Reader, checks: Q | None = None) -> "CommentQuerySet":
        """What this reader sees by its own address."""
        below = Q(thread=None) | Q(thread__state__in=STANDING)
        if reader.person_id:
            below |= Q(thread__author_id=reader.person_id)
        return self.standing(reader, checks).filter(below).filter(on_visible_pages(reader))

    def starting(self) -> "CommentQuerySet":
        """Those that begin a thread."""
        return self.filter(thread=None)

    def for_threads(self) -> "CommentQuerySet":
        """With what is shown beside the text, in a fixed number of queries."""
        return self.select_related("author__former_municipality", "municipality").prefetch_related(
            "files__file"
        )

    def helped(self) -> "CommentQuerySet":
        """With how many found it helpful."""
        return self.annotate(helpful_count=Count("helped"))
