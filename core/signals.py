"""Pages that change what everybody sees start a new generation of cached pages."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.events import public_content_changed


@receiver(
    [page_published, page_unpublished, post_page_move, page_slug_changed], dispatch_uid="core_page_changed"
)
def page_changed(**kwargs: Any) -> None:
    """Any page: its own copy, its parent's list, the home page may all look different now."""
    public_content_changed()
