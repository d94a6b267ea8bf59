"""The conversation about a draft, for those who write on it and those who decide."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Comment

from authoring import access, drafts, showing
from authoring.clearance import actions as clearance
from authoring.doors import signed_in
from authoring.models import PreviewLink
from authoring.review import actions, conversation, presence
from authoring.review.forms import ClearanceForm, CommentForm, ReturnForm
from casestudies.models import CaseStudyPage
from core.forms import number
from library.models import LibraryPage
from library.versions import version_of
from members.refusal import Refused


@login_required
@require_safe
def review(request: Any, pk: int) -> HttpResponse:
    """What was said, what is asked for, who decides."""
    return _show(request, access.item_or_404(request.user, pk))


def _show(request: Any, page: LibraryPage, *, status: int = 200, **forms: Any) -> HttpResponse:
    draft, user = drafts.current(page), request.user
    page.note_private_view(request)
    task_state = page.current_workflow_task_state
    sent = next(iter(forms.values()), None)
    context = {
        "page": page, "draft": draft, "version": version_of(draft), "record": drafts.record_of(page),
        "comments": conversation.comments(page), "story": conversation.story(page),
        "decides": bool(task_state and task_state.task.specific.get_actions(page, user)),
        "state": page.current_workflow_state, "waiting": page.scheduled_revision,
        "writes_here": isinstance(page, CaseStudyPage),
        "may_publish": access.may_publish(user, page), "links": _links(page),
        "others": presence.others(page, user), "problems": sent.problems() if sent else [],
        "comment_form": forms.get("comment_form") or CommentForm(fields=conversation.fields_of(page)),
        "return_form": forms.get("return_form") or ReturnForm(),
        "clearance_form": forms.get("clearance_form")
        or ClearanceForm(initial={"key": uuid.uuid4(), "language": get_language()}),
    }  # fmt: skip
    return render(request, "authoring/review/review.html", context, status=status)


def _links(page: LibraryPage) -> list[PreviewLink]:
    found = PreviewLink.objects.filter(page_id=page.pk).select_related("asked_by")
    return list(found.prefetch_related("answers"))


@signed_in
@require_POST
def looking(request: Any, pk: int) -> HttpResponse:
    """Said by the page every half minute; tells who else looks at it."""
    page = access.item_or_404(request.user, pk)
    return render(request, "authoring/review/others.html", {"others": presence.seen(page, request.user)})


@login_required
@require_POST
def act(request: Any, pk: int) -> HttpResponse:
    """One button, one action; what is refused says why, and what was typed is kept."""
    page = access.item_or_404(request.user, pk)
    chosen = _ACTS.get(request.POST.get("action", ""))
    if chosen is None:
        raise Http404
    try:
        answer = chosen(request, page)
    except Refused as refused:
        messages.error(request, str(refused))
        answer = _show(request, page, status=422, **_typed(request, page))
    return answer or redirect("authoring:review", page.pk)


def _typed(request: Any, page: LibraryPage) -> dict[str, Any]:
    """The form that was sent, as it was sent."""
    action = request.POST["action"]
    if action == "comment":
        return {"comment_form": CommentForm(request.POST, fields=conversation.fields_of(page))}
    if action == "return":
        return {"return_form": ReturnForm(request.POST)}
    return {"clearance_form": ClearanceForm(request.POST)} if action == "clear" else {}


def _comment(request: Any, page: LibraryPage) -> HttpResponse | None:
    form = CommentForm(request.POST, fields=conversation.fields_of(page))
    if not form.is_valid():
        return _show(request, page, status=422, comment_form=form)
    actions.comment(by=request.user, page=page, **form.cleaned_data)
    messages.success(request, _("Your comment is there."))
    return None


def _of_comment(do: Callable[..., None]) -> Callable[[Any, LibraryPage], HttpResponse | None]:
    def act_on(request: Any, page: LibraryPage) -> HttpResponse | None:
        do(request, page, get_object_or_404(Comment, page_id=page.pk, pk=number(request.POST.get("comment"))))
        return None

    return act_on


def _reply(request: Any, page: LibraryPage, to: Comment) -> None:
    text = request.POST.get("text", "").strip()
    if text:
        actions.reply(by=request.user, page=page, to=to, text=text)


def _settle(request: Any, page: LibraryPage, about: Comment) -> None:
    actions.settle(by=request.user, page=page, about=about)


def _approve(request: Any, page: LibraryPage) -> HttpResponse:
    note, minor = request.POST.get("note", ""), request.POST.get("minor") == "1"
    version = request.POST.get("version", "")
    published = actions.approve(by=request.user, page=page, version=version, note=note, minor=minor)
    return showing.published(request, published, _("Approved and published."))


def _give_back(request: Any, page: LibraryPage) -> HttpResponse | None:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, page, status=422, return_form=form)
    actions.give_back(by=request.user, page=page, **form.cleaned_data)
    messages.success(request, _("Returned. Its author hears what is to be changed."))
    return None


def _clear(request: Any, page: LibraryPage) -> HttpResponse | None:
    form = ClearanceForm(request.POST)
    if not form.is_valid():
        return _show(request, page, status=422, clearance_form=form)
    clearance.ask(by=request.user, page=page, **form.cleaned_data)
    messages.success(request, _("The link is on its way."))
    return None


def _revoke(request: Any, page: LibraryPage) -> None:
    found = get_object_or_404(PreviewLink, page_id=page.pk, pk=number(request.POST.get("link")))
    clearance.revoke(by=request.user, link=found)


_ACTS: dict[str, Callable[[Any, LibraryPage], HttpResponse | None]] = {
    "comment": _comment,
    "reply": _of_comment(_reply),
    "settle": _of_comment(_settle),
    "approve": _approve,
    "return": _give_back,
    "clear": _clear,
    "revoke": _revoke,
}
