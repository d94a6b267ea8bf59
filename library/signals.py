"""Every change to an item goes into the log, in the transaction of the change."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from taggit.models import Tag
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.attachments.reading import words_changed
from core.events import record, record_all
from core.log import Reason
from library.models import LibraryPage, ServiceArea
from members.audit import notes
from members.models import MunicipalityPage, Person

_BOOKKEEPING = {
    "latest_revision", "draft_title", "has_unpublished_changes", "latest_revision_created_at", "go_live_at",
    "locked", "locked_at", "locked_by", "expire_at",
}  # fmt: skip


def _is_item(sender: Any) -> bool:
    return isinstance(sender, type) and issubclass(sender, LibraryPage)


def remember_audience(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Keep what the audience was, to tell a narrowing from an edit."""
    if _is_item(sender) and instance.pk and not kwargs.get("raw"):
        columns = ("audience", "municipality_id", "translation_of_id", "supersedes_id")
        own = tuple(sender.restricted_fields.values())
        row = sender.objects.filter(pk=instance.pk).values_list(*columns, *own).first()
        *before, original, replaced = row[: len(columns)] if row else (None, None)
        instance._own_audiences_before = dict(zip(own, row[len(columns) :], strict=True)) if row else {}
        instance._audience_before = (*before, _groups_before(sender, instance)) if before else None
        instance._original_before = original
        instance._replaced_before = replaced


def _groups_before(model: Any, instance: Any) -> frozenset[int]:
    own = model._meta.get_field("groups").m2m_column_name()
    stored = model.groups.through.objects.filter(**{own: instance.pk})
    return frozenset(stored.values_list("workinggroup_id", flat=True))


def _only_bookkeeping(update_fields: Any) -> bool:
    """Whether Wagtail merely notes that there is a draft: readers see nothing new."""
    return update_fields is not None and set(update_fields) <= _BOOKKEEPING


def item_saved(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Only live items are found; drafts and new revisions of them change nothing that readers see."""
    if not _is_item(sender) or kwargs.get("raw") or _only_bookkeeping(kwargs.get("update_fields")):
        return
    before = getattr(instance, "_audience_before", None)
    now = (instance.audience, instance.municipality_id, frozenset(instance.group_ids))
    changed = before is not None and before != now
    if changed and before and (before[0], before[2]) != (now[0], now[2]):
        _note_audience(instance, before, now)
    _note_own_audiences(instance)
    if instance.live or changed:
        reason = Reason.AUDIENCE if changed else Reason.CONTENT
        record(instance.kind, instance.pk, reason)
        _record_family(instance, reason)


def _note_audience(
    instance: Any, before: tuple[str, Any, frozenset[int]], now: tuple[str, Any, frozenset[int]]
) -> None:
    groups = {"groups_before": sorted(before[2]), "groups_after": sorted(now[2])}
    # Groups say nothing where the audience is another.
    told = {name: ids for name, ids in groups.items() if ids}
    notes.audience_changed(instance, before=before[0], after=now[0], **told)


def _note_own_audiences(instance: Any) -> None:
    """Parts with an audience of their own, such as candid notes."""
    before = getattr(instance, "_own_audiences_before", {})
    for part, field in instance.restricted_fields.items():
        if field in before and before[field] != getattr(instance, field):
            notes.audience_changed(instance, before=before[field], after=getattr(instance, field), about=part)


def item_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if _is_item(sender):
        record(instance.kind, instance.pk)
        _record_family(instance, Reason.CONTENT)


def item_withdrawn(sender: Any, instance: Any, **kwargs: Any) -> None:
    if _is_item(sender):
        record(instance.kind, instance.pk, Reason.DELETE)
        _record_family(instance, Reason.AUDIENCE)


def remember_family(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Deleting an original cuts its translations loose before we hear of it."""
    if _is_item(sender):
        instance._family_before = _family(instance)


def _family(instance: Any) -> list[int]:
    """The item's versions in other languages."""
    originals = {instance.translation_of_id or instance.pk, getattr(instance, "_original_before", None)} - {
        None
    }
    same = Q(pk__in=originals) | Q(translation_of_id__in=originals)
    return list(
        type(instance).objects.live().filter(same).exclude(pk=instance.pk).values_list("pk", flat=True)
    )


def _record_family(instance: Any, reason: str) -> None:
    """Versions in other languages are found by this one's words too, and give way to it.

    What it supersedes, or did, ranks lower as long as it does.
    """
    record_all(instance.kind, getattr(instance, "_family_before", None) or _family(instance), reason)
    replaced = {instance.supersedes_id, getattr(instance, "_replaced_before", None)} - {None}
    if replaced:
        _record_all(lambda model: model.objects.live().filter(pk__in=replaced))


def branch_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A move changes the item's municipality and address, and those of all below it."""
    for page in instance.get_descendants(inclusive=True).specific():
        if isinstance(page, LibraryPage):
            page.save(update_fields=["municipality"])


def municipality_changed(sender: Any, instance: MunicipalityPage, **kwargs: Any) -> None:
    """Its name, size and address are found and shown with each of its items."""
    _record_all(lambda model: model.objects.live().filter(municipality=instance))


def tag_saved(sender: Any, instance: Tag, created: bool, **kwargs: Any) -> None:
    """A renamed tag is found under its new name."""
    if not created and not kwargs.get("raw"):
        _record_all(lambda model: model.objects.live().filter(tags=instance))


def _record_all(select: Callable[[Any], Any], reason: str = Reason.CONTENT) -> None:
    from library.registry import kinds

    for kind, model in kinds().items():
        record_all(kind, select(model).values_list("pk", flat=True), reason)


def area_saved(sender: Any, instance: ServiceArea, created: bool, **kwargs: Any) -> None:
    """A new label must be found on the items that carry the area."""
    if not created and not kwargs.get("raw"):
        _record_all(lambda model: model.objects.live().in_area(instance))
        record_all(Person.kind, instance.people.values_list("person_id", flat=True))


def words_of_file_changed(sender: Any, page_ids: list[int], **kwargs: Any) -> None:
    """A file's words are found with the items that show it; what was withdrawn is fenced until they are not."""
    if page_ids:
        _record_all(lambda model: model.objects.live().filter(pk__in=page_ids), Reason.AUDIENCE)


pre_save.connect(remember_audience, dispatch_uid="library_remember_audience")
post_save.connect(item_saved, dispatch_uid="library_item_saved")
pre_delete.connect(remember_family, dispatch_uid="library_remember_family")
post_delete.connect(item_withdrawn, dispatch_uid="library_item_deleted")
page_published.connect(item_published, dispatch_uid="library_item_published")
page_unpublished.connect(item_withdrawn, dispatch_uid="library_item_unpublished")
post_page_move.connect(branch_moved, dispatch_uid="library_branch_moved")
page_published.connect(municipality_changed, sender=MunicipalityPage, dispatch_uid="library_municipality")
post_save.connect(tag_saved, sender=Tag, dispatch_uid="library_tag_saved")
post_save.connect(area_saved, sender=ServiceArea, dispatch_uid="library_area_saved")
words_changed.connect(words_of_file_changed, dispatch_uid="library_words_changed")
