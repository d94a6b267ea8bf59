"""A hidden page does not come back by any door: not by publishing, by schedule, by review, or by an import."""

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from discussions.moderation.models import Hidden
from library.models import LibraryPage


def is_hidden(page: Any) -> bool:
    """Whether a moderator has hidden this page."""
    kind = getattr(page.specific_class, "kind", "") if page.pk else ""
    return bool(kind) and Hidden.objects.filter(kind=kind, item_id=page.pk).exists()


def why_not_shown() -> str:
    """What whoever wants to publish a hidden page is told."""
    return _("A moderator has hidden this page. Your changes are kept; ask the moderator to show it.")


def keep_hidden(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whatever is saved, the page stays off the site until a moderator shows it again."""
    if raw or not isinstance(instance, LibraryPage) or not instance.live or not instance.pk:
        return
    if is_hidden(instance):
        instance.live = False


pre_save.connect(keep_hidden, dispatch_uid="moderation_keep_hidden")
