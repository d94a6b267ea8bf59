"""What is kept for a month and no longer: texts that could not be posted, and what deleted comments said."""

from django.utils import timezone

from discussions.comments import limits
from discussions.comments.models import CommentVersion, KeptText
from discussions.moderation.models import Report

BATCH = 1_000


def forget() -> int:
    """Remove a batch of what is old; returns how many. What was reported waits for its decision."""
    old = timezone.now() - limits.KEPT
    reported = Report.objects.filter(kind="comment", decided=None).values("item_id")
    aside = CommentVersion.objects.filter(set_aside__lt=old).exclude(comment__in=reported)
    gone = 0
    for found in (KeptText.objects.filter(when__lt=old), aside):
        model = found.model
        gone += model._base_manager.filter(pk__in=list(found.values_list("pk", flat=True)[:BATCH])).delete()[
            0
        ]
    return gone
