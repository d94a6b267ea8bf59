"""What was said about a draft, for the page that shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Comment, TaskState

from authoring.models import Answer, PleaseChange
from library.models import LibraryPage
from members.audit.wording import name_of

# Not written by people, or shown by other means.
_NOT_COMMENTED = {
    "page_ptr", "rendered", "identifier", "municipality", "cleared_by", "cleared_on", "cleared_version",
    "last_verified", "translation_of", "supersedes", "retired_on", "retired_why", "see_instead",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One thing that happened to the draft as a whole."""

    when: datetime
    who: str
    what: str
    text: str = ""
    due: Any = None
    late: bool = False


def fields_of(page: LibraryPage) -> list[tuple[str, str]]:
    """The fields that can be commented on, with their names in words."""
    meta = page._meta
    fields = [meta.get_field("title"), *meta.local_fields, *meta.local_many_to_many]
    return [
        (field.name, capfirst(str(field.verbose_name)))
        for field in fields
        if field.name not in _NOT_COMMENTED
    ]


def comments(page: LibraryPage) -> list[Comment]:
    """All comments, those that wait first; each with its answers, its field in words and what was asked for."""
    names = dict(fields_of(page))
    found = Comment.objects.filter(page_id=page.pk).select_related("user", "resolved_by")
    every = list(found.prefetch_related("replies__user").order_by("created_at", "pk"))
    asked = {change.comment_id: change for change in PleaseChange.objects.filter(comment__in=every)}
    for each in every:
        each.about = names.get(each.contentpath.partition(".")[0], each.contentpath)
        each.asked = asked.get(each.pk)
    return sorted(every, key=lambda each: each.resolved_at is not None)


def story(page: LibraryPage) -> list[Said]:
    """Sent, returned, approved, cleared: in the order in which it happened."""
    states = TaskState.objects.filter(workflow_state__in=page.workflow_states)
    known = states.select_related("workflow_state__requested_by", "finished_by")
    asked = {change.task_state_id: change for change in PleaseChange.objects.filter(task_state__in=states)}
    said = [each for state in known for each in _of_task(state, asked.get(state.pk))]
    answers = Answer.objects.filter(link__page_id=page.pk).select_related("link")
    return sorted([*said, *map(_of_answer, answers)], key=lambda each: each.when)


def _called(person: Any) -> str:
    """How a conversation calls somebody: by name, never by address."""
    return name_of(person) if person else ""


def _of_task(state: TaskState, change: PleaseChange | None) -> list[Said]:
    asked = state.workflow_state.requested_by
    said = [Said(state.started_at, _called(asked), _("Sent for review"))]
    if state.finished_at and state.status == TaskState.STATUS_REJECTED:
        due, late = (change.due, change.is_late) if change else (None, False)
        what = _("Returned for changes")
        said.append(Said(state.finished_at, _called(state.finished_by), what, state.comment, due, late))
    elif state.finished_at and state.status == TaskState.STATUS_APPROVED:
        said.append(Said(state.finished_at, _called(state.finished_by), _("Approved"), state.comment))
    return said


def _of_answer(answer: Answer) -> Said:
    if not answer.approves:
        what = _("Commented by a link")
    elif answer.counted:
        what = _("Approved version %(version)s") % {"version": answer.version}
    else:
        what = _("Approved version %(version)s, an older one: it does not count for the draft of today") % {
            "version": answer.version
        }
    return Said(answer.when, answer.link.name, what, answer.remark)
