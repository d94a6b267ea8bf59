"""An edited thesaurus is a change of what everybody finds."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from core.events import public_content_changed
from search.models import TermGroup


@receiver([post_save, post_delete], sender=TermGroup, dispatch_uid="search_terms_changed")
def terms_changed(**kwargs: Any) -> None:
    """No page kept so far is served again."""
    public_content_changed()
