"""Who is looking at a draft now: with Wagtail's own sessions of editing, so that site and editor see each other."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from library.models import LibraryPage
from members.models import Person

# Browsers say so every half minute.
NOW = timedelta(seconds=90)


def seen(page: LibraryPage, person: Person) -> list[Person]:
    """Note that this person looks at it; returns the others who do."""
    EditingSession.cleanup()
    mine = {"user": person, "content_type": _type(), "object_id": str(page.pk)}
    session = EditingSession.objects.filter(**mine).order_by("-last_seen_at").first() or EditingSession(
        **mine
    )
    session.last_seen_at = timezone.now()
    session.save()
    return others(page, person)


def others(page: LibraryPage, person: Any) -> list[Person]:
    """Who else looks at it now, by name."""
    recent = EditingSession.objects.filter(
        content_type=_type(), object_id=str(page.pk), last_seen_at__gte=timezone.now() - NOW
    )
    return list(Person.objects.filter(pk__in=recent.values("user")).exclude(pk=person.pk).order_by("pk"))


def _type() -> ContentType:
    """As the editor says it, whatever the kind of page."""
    return ContentType.objects.get_for_model(Page)
