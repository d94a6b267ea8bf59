"""Reads of library items, as verbs that chain."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from members.audience import Reader, audience_filter


class LibraryQuerySet(PageQuerySet):
    """Items of one kind."""

    def published(self) -> "LibraryQuerySet":
        """Live items, newest first."""
        return self.live().order_by("-first_published_at", "-pk")

    def visible_to(self, reader: Reader) -> "LibraryQuerySet":
        """Live items of an audience this reader belongs to."""
        return self.live().filter(audience_filter(reader))

    def in_area(self, area: Any) -> "LibraryQuerySet":
        """Items of a service area or of its sub-areas."""
        from library.models import ServiceArea

        areas = ServiceArea.objects.filter(Q(pk=area.pk) | Q(parent=area))
        # A subquery instead of DISTINCT, which would compare whole texts.
        return self.filter(pk__in=self.model.objects.filter(service_areas__in=areas).order_by().values("pk"))

    def in_preferred_language(self, code: str, reader: Reader) -> "LibraryQuerySet":
        """One of each family of translations: the version in this language, where this reader may see one."""
        same = self.model.objects.visible_to(reader).filter(language=code)
        has_translation = Exists(same.filter(translation_of_id=OuterRef("pk")))
        translates = Exists(same.filter(pk=OuterRef("translation_of_id")))
        siblings = Exists(same.filter(translation_of_id=OuterRef("translation_of_id")))
        return self.filter(Q(language=code) | ~(has_translation | translates | siblings))

    def for_cards(self) -> "LibraryQuerySet":
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("municipality")


LibraryManager = PageManager.from_queryset(LibraryQuerySet)
