"""The states of an adoption over time: each is kept when it is declared, and none is ever overwritten."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from adoptions.models import Adoption, AdoptionStep

_SAID = ("state", "since", "reason")


def standing(adoption: Adoption) -> AdoptionStep | None:
    """The step that says how the adoption stands: the last one noted that was not corrected."""
    return adoption.steps.filter(corrected=None).order_by("pk").last()


def keep(adoption: Adoption, by: Any = None) -> AdoptionStep:
    """Keep what the record says now, if that is new. Without `by` it is whoever edits just now."""
    last = standing(adoption)
    if last is not None and all(getattr(last, name) == getattr(adoption, name) for name in _SAID):
        return last
    said = {name: getattr(adoption, name) for name in _SAID}
    return adoption.steps.create(**said, by=by or get_active_log_context().user)


def mark_corrected(adoption: Adoption) -> None:
    """Say that the last step was wrong; it stays in the history as what had been said."""
    last = standing(adoption)
    if last is not None:
        last.corrected = timezone.now()
        last.save(update_fields=["corrected"])
