"""What Wagtail does to items, by whatever door: editions are kept, and reviews are told of."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import page_published, task_submitted, workflow_approved, workflow_rejected

from authoring import access
from authoring.editions import actions as editions
from core.happenings import happened
from library.models import LibraryPage


@receiver(page_published, dispatch_uid="authoring_keep_edition")
def keep_edition(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """Each published state is an edition; only a person who publishes one item announces it.

    What a moderator has hidden was published to nobody. Who set a day for it announces it when that has come, whatever
    found that it has: Wagtail leaves the day in the revision that it hands to us.
    """
    if not isinstance(instance, LibraryPage) or not instance.live:
        return
    by = getattr(revision, "user", None)
    editions.keep(instance, by=by, revision=revision)
    if getattr(revision, "approved_go_live_at", None):
        editions.announce(instance, by=by, revision_id=revision.pk)


def _item_of(state: WorkflowState) -> LibraryPage | None:
    page = state.content_object
    page = getattr(page, "specific", page)
    return page if isinstance(page, LibraryPage) else None


@receiver(task_submitted, dispatch_uid="authoring_review_asked")
def review_asked(instance: Any, user: Any = None, **kwargs: Any) -> None:
    """Whoever decides hears that a draft waits."""
    page = _item_of(instance.workflow_state)
    if page is not None:
        told = [pk for pk in access.publishers_of(page.municipality) if user is None or pk != user.pk]
        happened("review.asked", page.kind, page.pk, by=user, to=told)


def _tell_author(verb: str, state: WorkflowState, by: Any) -> None:
    page = _item_of(state)
    if page is not None:
        people = {state.requested_by_id, page.owner_id} - {None, by.pk if by else None}
        happened(verb, page.kind, page.pk, by=by, to=people)


@receiver(workflow_rejected, dispatch_uid="authoring_review_returned")
def review_returned(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The author hears that something is to be changed."""
    _tell_author("review.returned", instance, user)


@receiver(workflow_approved, dispatch_uid="authoring_review_approved")
def review_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The author hears that it is published."""
    _tell_author("review.approved", instance, user)
    page = _item_of(instance)
    if page is not None:
        fresh = type(page).objects.get(pk=page.pk)
        editions.announce(fresh, by=user, revision_id=fresh.latest_revision_id)
