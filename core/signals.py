"""Pages that change what everybody sees start a new generation of cached pages; what they show is noted."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.attachments import links, reading
from core.events import public_content_changed
from core.files import File
from core.pages import BasePage


@receiver(
    [page_published, page_unpublished, post_page_move, page_slug_changed], dispatch_uid="core_page_changed"
)
def page_changed(**kwargs: Any) -> None:
    """Any page: its own copy, its parent's list, the home page may all look different now."""
    public_content_changed()


@receiver(post_save, dispatch_uid="core_page_saved")
def page_saved(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Note what the page shows. Saving a draft writes none of these fields, so the draft stays out."""
    if raw or not isinstance(instance, BasePage) or not links.may_hold_any(instance, update_fields):
        return
    # Only some fields were written: the others may hold a draft in memory.
    stored = instance if update_fields is None else sender._base_manager.get(pk=instance.pk)
    links.note(stored)


@receiver(post_save, sender=File, dispatch_uid="core_file_saved")
def file_saved(instance: File, raw: bool, **kwargs: Any) -> None:
    """A new file's words are to be read; what was found by its old name or words no longer is."""
    if not raw:
        reading.expect(instance)
        reading.tell(instance)


@receiver(pre_delete, sender=File, dispatch_uid="core_file_deleted")
def file_deleted(instance: File, **kwargs: Any) -> None:
    """Its words must not be found any more on the pages that showed it."""
    reading.tell(instance)
