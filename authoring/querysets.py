"""Reads of editions and links, as verbs that chain."""

from typing import Any

from django.db import models
from django.utils import timezone


class EditionQuerySet(models.QuerySet[Any]):
    """Published editions."""

    def of(self, page: Any) -> "EditionQuerySet":
        """Those of an item, newest first, without their content."""
        return self.filter(page_id=page.pk).select_related("by").defer("content")


class PreviewLinkQuerySet(models.QuerySet[Any]):
    """Links that were sent."""

    def open(self) -> "PreviewLinkQuerySet":
        """Those that still open something."""
        return self.filter(revoked=None, expires__gt=timezone.now())
