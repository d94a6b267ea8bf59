"""Sending a draft for review, deciding on it, and talking about it. Each is one transaction, under the page's lock."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply, Revision, WorkflowState

from authoring import access, drafts
from authoring.editions import actions as editions
from authoring.models import Draft, PleaseChange
from core.happenings import happened
from library.models import LibraryPage
from library.versions import version_of
from members.models import Person
from members.refusal import Refused

MOST_TEXT = 2_000
# A second post of the same words within this time is the first one again.
SAME = timedelta(minutes=2)


def _person(by: Person) -> Person:
    return Person.objects.get(pk=by.pk)


def _draft_for(by: Person, page: LibraryPage) -> LibraryPage:
    """The draft under its lock, for whoever takes part in the conversation."""
    draft = drafts.locked(page.pk)
    if not access.may_edit(_person(by), draft):
        raise Refused(_("You do not take part in this review (any more)."))
    return draft


@transaction.atomic
def submit(*, by: Person, page: LibraryPage) -> None:
    """Send a draft for review, or send it again after changes. Twice has one effect."""
    draft = _draft_for(by, page)
    record = drafts.record_of(draft)
    state = draft.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return
    if record.awaits_author and not access.may_confirm(_person(by), draft):
        raise Refused(_("Its author has to confirm first what you wrote down."))
    drafts.require_complete(draft)
    drafts.keep_as_it_is(draft)
    workflow = draft.get_workflow()
    if state:
        state.resume(user=by)
    elif workflow:
        workflow.start(draft, by)
    elif record.asked is None:
        told = [pk for pk in access.publishers_of(draft.municipality) if pk != by.pk]
        happened("review.asked", draft.kind, draft.pk, by=by, to=told)
    Draft.objects.filter(page_id=draft.pk).update(asked=timezone.now())


@transaction.atomic
def take_back(*, by: Person, page: LibraryPage) -> None:
    """Have it back from the reviewers, to go on writing."""
    draft = _draft_for(by, page)
    state = draft.current_workflow_state
    if state is not None:
        if not state.user_can_cancel(by):
            raise Refused(_("Only whoever sent it may take it back."))
        state.cancel(user=by)
    Draft.objects.filter(page_id=draft.pk).update(asked=None)


@transaction.atomic
def approve(
    *, by: Person, page: LibraryPage, version: str, note: str = "", minor: bool = False
) -> LibraryPage:
    """Approve the version that was read, which publishes it. Raises Refused where the draft has moved on since."""
    draft = _draft_for(by, page)
    task_state = _task_of(draft, by)
    if version != version_of(draft):
        raise Refused(
            _("The draft has changed since you opened this page. Read it again before you approve it.")
        )
    if draft.live and not note.strip() and not minor:
        raise Refused(
            _("Say what changed, and why: readers see it with the edition. Or call it a minor change.")
        )
    drafts.require_complete(draft)
    with editions.saying(by=by, note=note, minor=minor):
        task_state.task.specific.on_action(task_state, by, "approve")
        editions.remember(Revision.objects.get(pk=draft.latest_revision_id))
    Draft.objects.filter(page_id=draft.pk).update(asked=None, confirmed=timezone.now())
    return type(draft).objects.get(pk=draft.pk)


@transaction.atomic
def give_back(*, by: Person, page: LibraryPage, text: str, due: date | None = None) -> None:
    """Return a draft with what is to be changed, and until when."""
    draft = _draft_for(by, page)
    if not text.strip():
        raise Refused(_("Say what is to be changed."))
    task_state = _task_of(draft, by)
    task_state.task.specific.on_action(task_state, by, "reject", comment=text.strip()[:MOST_TEXT])
    PleaseChange.objects.create(task_state_id=task_state.pk, due=due)


def _task_of(draft: LibraryPage, by: Person) -> Any:
    """What this person decides on. Raises Refused where there is nothing (any more)."""
    task_state = draft.current_workflow_task_state
    if task_state is None:
        raise Refused(_("This draft is not in review any more."))
    if not task_state.task.specific.get_actions(draft, _person(by)):
        raise Refused(_("Only the publishers of this municipality decide on it."))
    return task_state


@transaction.atomic
def comment(
    *, by: Person, page: LibraryPage, field: str, text: str, please: bool = False, due: date | None = None
) -> Comment:
    """Comment on a field; `please` asks for a change, by a day if one is named. The same words twice are one comment."""
    draft = _draft_for(by, page)
    text = text.strip()[:MOST_TEXT]
    same = Comment.objects.filter(page_id=draft.pk, user=by, contentpath=field, text=text)
    known = same.filter(created_at__gte=timezone.now() - SAME).first()
    if known is not None:
        return known
    latest = draft.get_latest_revision()
    made = Comment.objects.create(
        page_id=draft.pk, user=by, contentpath=field, text=text, revision_created=latest
    )
    # What was commented on stays as it was.
    drafts.keep_as_it_is(draft)
    if please:
        PleaseChange.objects.create(comment=made, due=due)
    _tell(draft, by)
    return made


@transaction.atomic
def reply(*, by: Person, page: LibraryPage, to: Comment, text: str) -> None:
    """Answer a comment. The same words twice are one answer."""
    draft = _draft_for(by, page)
    text = text.strip()[:MOST_TEXT]
    same = CommentReply.objects.filter(comment=to, user=by, text=text)
    if not same.filter(created_at__gte=timezone.now() - SAME).exists():
        CommentReply.objects.create(comment=to, user=by, text=text)
        _tell(draft, by)


@transaction.atomic
def settle(*, by: Person, page: LibraryPage, about: Comment) -> None:
    """Say that a comment is dealt with."""
    _draft_for(by, page)
    Comment.objects.filter(pk=about.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


def _tell(draft: LibraryPage, by: Person) -> None:
    """Those in the conversation: the author, whoever sent it, whoever said something, whoever decides."""
    said = Comment.objects.filter(page_id=draft.pk)
    people = {draft.owner_id, *said.values_list("user", flat=True)}
    people |= set(CommentReply.objects.filter(comment__in=said).values_list("user", flat=True))
    state = draft.current_workflow_state
    if state is not None:
        people |= {state.requested_by_id, *access.publishers_of(draft.municipality)}
    happened("review.commented", draft.kind, draft.pk, by=by, to=people - {None, by.pk})
