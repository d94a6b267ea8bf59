"""What is hidden is left out of every read, by one condition that querysets chain."""

from django.db.models import Exists, OuterRef, Q

from discussions.moderation.models import Hidden


def not_hidden(kind: str) -> Q:
    """Rows of this kind that no moderator has hidden."""
    return ~Q(Exists(Hidden.objects.filter(kind=kind, item_id=OuterRef("pk"))))
