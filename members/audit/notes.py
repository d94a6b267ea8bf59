"""What the site notes beyond what Wagtail does: audiences that change, exports, administrators' private views."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from wagtail.log_actions import log, registry

from members.audience import Reader, Restricted, can_see


def audience_changed(thing: Any, *, before: str, after: str, by: Any = None, **more: Any) -> None:
    """Note who may read a thing now, and who could before. Without `by` it is whoever edits just now."""
    log(instance=thing, action="audience.change", user=by, data={"before": before, "after": after, **more})


def watch_audience(model: type[Any]) -> None:
    """Note each change of the audience of things of this model."""
    pre_save.connect(_remember, sender=model, dispatch_uid=f"audit_remember_{model.__name__}")
    post_save.connect(_compare, sender=model, dispatch_uid=f"audit_compare_{model.__name__}")


def _remember(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    stored = (
        sender._base_manager.filter(pk=instance.pk)
        if instance.pk and not raw
        else sender._base_manager.none()
    )
    instance._audience_noted = stored.values_list("audience", flat=True).first()


def _compare(sender: Any, instance: Any, **kwargs: Any) -> None:
    before = getattr(instance, "_audience_noted", None)
    if before is not None and before != instance.audience:
        audience_changed(instance, before=before, after=instance.audience)


def exported(subject: Any, *, by: Any, form: str, count: int, **more: Any) -> None:
    """Note that somebody took much out at once."""
    log(instance=subject, action="export", user=by, data={"format": form, "count": count, **more})


def seen_privately(request: Any, thing: Any, seen: Restricted | None = None) -> None:
    """Note, once a day, that an administrator opened what their own labels would not have let them see.

    `seen` is what has the audience, where that is not the thing itself (a part of it, say).
    """
    reader = request.reader
    if reader.sees_everything and not can_see(Reader(reader.person_id, reader.labels), seen or thing):
        note_private_view(request.user, thing)


def note_private_view(person: Any, thing: Any) -> None:
    """Write the line, unless today has one."""
    today = registry.get_logs_for_instance(thing).filter(
        action="private.view", user=person, timestamp__date=timezone.localdate()
    )
    if not today.exists():
        log(instance=thing, action="private.view", user=person)
