"""That somebody wrote to somebody is forgotten after a while."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from library.people.models import ContactMessage

BATCH = 2_000


def forget() -> int:
    """Remove a batch of notes older than `CONTACT_KEEP_DAYS`."""
    before = timezone.now() - timedelta(days=settings.CONTACT_KEEP_DAYS)
    batch = ContactMessage.objects.filter(sent__lt=before).values_list("pk", flat=True)[:BATCH]
    return ContactMessage.objects.filter(pk__in=list(batch)).delete()[0]
