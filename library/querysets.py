"""Reads of library items, as verbs that chain."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from library.lifecycle import months_after
from members.audience import Reader, audience_filter

_CARD = (
    "title", "slug", "url_path", "path", "depth", "live", "locale", "first_published_at",
    "summary", "language", "audience", "last_verified", "review_by", "retired_on",
)  # fmt: skip


class LibraryQuerySet(PageQuerySet):
    """Items of one kind."""

    def published(self) -> "LibraryQuerySet":
        """Live items, newest first."""
        return self.live().order_by("-first_published_at", "-pk")

    def stale(self, today: Any) -> "LibraryQuerySet":
        """Those of which `is_stale` says so: the queryset form of `library.lifecycle.is_stale`."""
        seen_before = months_after(today, -settings.REVIEW_AFTER_MONTHS)
        verified = Q(last_verified__lte=seen_before)
        published = Q(last_verified=None, first_published_at__date__lte=seen_before)
        return self.in_use().filter(Q(review_by__lt=today) | (Q(review_by=None) & (verified | published)))

    def in_use(self) -> "LibraryQuerySet":
        """Those that were not retired."""
        return self.filter(retired_on=None)

    def retired_last(self) -> "LibraryQuerySet":
        """Newest first, and what was retired after everything else."""
        return self.order_by(F("retired_on").asc(nulls_first=True), "-first_published_at", "-pk")

    def visible_to(self, reader: Reader) -> "LibraryQuerySet":
        """Live items of an audience this reader belongs to."""
        return self.live().filter(audience_filter(reader, self.model._meta.get_field("groups")))

    def in_area(self, area: Any) -> "LibraryQuerySet":
        """Items of a service area or of its sub-areas."""
        from library.models import ServiceArea

        areas = ServiceArea.objects.filter(Q(pk=area.pk) | Q(parent=area))
        # A subquery instead of DISTINCT, which would compare whole texts.
        return self.filter(pk__in=self.model.objects.filter(service_areas__in=areas).order_by().values("pk"))

    def in_preferred_language(self, code: str, reader: Reader) -> "LibraryQuerySet":
        """One of each family of translations: the version in this language, where this reader may see one."""
        same = self.model.objects.visible_to(reader).filter(language=code)
        has_translation = Q(translation_of_id=OuterRef("pk"))
        translates = Q(pk=OuterRef("translation_of_id"))
        siblings = Q(translation_of_id=OuterRef("translation_of_id"))
        family = same.filter(has_translation | translates | siblings)
        return self.filter(Q(language=code) | ~Exists(family))

    def for_cards(self) -> "LibraryQuerySet":
        """With what a card shows and nothing more (long texts stay behind), in a fixed number of queries."""
        town = ("municipality__title", "municipality__population")
        return self.select_related("municipality").only(*_CARD, *town, *self.model.card_fields)


LibraryManager = PageManager.from_queryset(LibraryQuerySet)
