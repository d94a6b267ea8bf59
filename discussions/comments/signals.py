"""Comments are found under their page: what happens to it happens to them, in the same transaction.

One entry of the log for each comment, written at once: from the moment of the commit all of them are left out of
the search until the index has heard of the page's new audience, as the page itself is.
"""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.signals import page_published, page_unpublished

from core.attachments.reading import words_changed
from core.events import record_all
from core.log import Reason
from discussions.comments.models import Comment, CommentFile
from library.models import LibraryPage
from members.models import MunicipalityPage

# What a comment's document says of its page.
_SHOWN = ("title", "url_path", "language", "municipality_id")
_DECIDES = ("audience", "live")


def _is_item(sender: Any) -> bool:
    return isinstance(sender, type) and issubclass(sender, LibraryPage)


def _stored(model: Any, pk: int) -> dict[str, Any]:
    """What is stored of the page before it is saved."""
    row = model._base_manager.filter(pk=pk).values(*_DECIDES, *_SHOWN).first()
    if row is None:
        return {}
    own = model._meta.get_field("groups").m2m_column_name()
    groups = model.groups.through.objects.filter(**{own: pk}).values_list("workinggroup_id", flat=True)
    return {**row, "groups": frozenset(groups)}


def remember(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Keep what the page was, where it has comments at all."""
    if _is_item(sender):
        has_any = bool(instance.pk and not raw and Comment.objects.filter(page_id=instance.pk).exists())
        instance._before_comments = _stored(sender, instance.pk) if has_any else {}


def page_saved(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """A page that is for others now takes its comments along."""
    before = getattr(instance, "_before_comments", {}) if _is_item(sender) else {}
    # Of single columns that Wagtail saves the others may hold a draft in memory.
    written = {name for name in before if update_fields is None or _column(name) in update_fields}
    changed = {name for name in written if before[name] != _now(instance, name)}
    if changed:
        _record(instance.pk, Reason.AUDIENCE if changed & {*_DECIDES, "groups"} else Reason.CONTENT)


def _column(name: str) -> str:
    return name.removesuffix("_id")


def _now(instance: Any, name: str) -> Any:
    # Groups are written after the page; in memory they are as they will be.
    return frozenset(instance.group_ids) if name == "groups" else getattr(instance, name)


def _record(page_id: int, reason: str) -> None:
    record_all(Comment.kind, Comment.objects.filter(page_id=page_id).values_list("pk", flat=True), reason)


def page_withdrawn(sender: Any, instance: Any, **kwargs: Any) -> None:
    if _is_item(sender):
        _record(instance.pk, Reason.DELETE)


def municipality_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Its name is shown with what is found."""
    from library.registry import kinds

    for model in kinds().values():
        own = model.objects.filter(municipality=instance).values("pk")
        ids = Comment.objects.filter(page_id__in=own).values_list("pk", flat=True)
        record_all(Comment.kind, ids)


def words_of_file_changed(sender: Any, file: Any, **kwargs: Any) -> None:
    """A file's words are found with the comment that it came with; what was withdrawn is fenced until they are not."""
    ids = CommentFile.objects.filter(file=file.pk).values_list("comment", flat=True)
    record_all(Comment.kind, list(ids), Reason.AUDIENCE)


pre_save.connect(remember, dispatch_uid="comments_remember_page")
post_save.connect(page_saved, dispatch_uid="comments_page_saved")
pre_delete.connect(page_withdrawn, dispatch_uid="comments_page_deleted")
page_unpublished.connect(page_withdrawn, dispatch_uid="comments_page_unpublished")
page_published.connect(municipality_changed, sender=MunicipalityPage, dispatch_uid="comments_municipality")
words_changed.connect(words_of_file_changed, dispatch_uid="comments_words_changed")
