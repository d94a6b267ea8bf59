"""Whose log lines about comments a publisher reads: those by people of their municipality, on pages they may see."""

from django.db.models import QuerySet

from discussions.comments.models import Comment
from discussions.comments.querysets import on_visible_pages
from members.audit import subjects
from members.audit.scope import Scope


def _own(scope: Scope) -> QuerySet[Comment]:
    found: QuerySet[Comment] = Comment.objects.filter(municipality__in=scope.municipality_ids).filter(
        on_visible_pages(scope.reader)
    )
    return found


subjects.register(Comment, _own)
