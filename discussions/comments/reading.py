"""Reading comments by their own addresses: one, its thread, its earlier versions, a file that came with it."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.forms import number
from discussions.comments import places, rules, threads
from discussions.comments.forms import CommentForm
from discussions.comments.models import Comment, CommentFile, State
from discussions.comments.threads import Viewer
from members.audit.notes import seen_privately


def found(request: Any, pk: int) -> tuple[Comment, Any]:
    """The comment and its page, for whoever may see both; to all others there is neither."""
    seen = Comment.objects.readable_by(request.reader, rules.checks(request.user)).for_threads()
    comment = get_object_or_404(seen.select_related("thread"), pk=pk)
    page = places.readable_page(comment.page_id, request.reader)
    if page is None:
        raise Http404
    seen_privately(request, page)
    return comment, page


@require_safe
def comment(request: Any, pk: int) -> HttpResponse:
    """The address of one comment: leads to where it stands now."""
    subject, page = found(request, pk)
    return redirect(address(subject, Viewer.of(request, page), request))


def address(subject: Comment, viewer: Viewer, request: Any = None) -> str:
    """Where a comment stands, down to itself."""
    where, at = threads.place_of(subject, viewer)
    if where == "thread":
        base = reverse("discussions:thread", args=[subject.starter_id])
        return f"{base}{f'?page={at}' if at > 1 else ''}#comment-{subject.pk}"
    return f"{viewer.page.get_url(request)}{f'?comments={at}' if at > 1 else ''}#comment-{subject.pk}"


@require_safe
def thread(request: Any, pk: int) -> HttpResponse:
    """One thread with all its replies, and a form to reply."""
    subject, page = found(request, pk)
    if subject.thread_id is not None:
        return redirect("discussions:thread", subject.thread_id)
    viewer = Viewer.of(request, page)
    listing, starter, replies = threads.page_of_replies(viewer, subject, number(request.GET.get("page")) or 1)
    form = CommentForm.empty(page, answers_to=subject.pk) if "reply" in starter.may else None
    context = {"thread": starter, "replies": replies, "listing": listing, "page": page, "form": form}
    return render(request, "discussions/comments/thread.html", context)


@require_safe
def history(request: Any, pk: int) -> HttpResponse:
    """What a comment said before, for whoever may see what it says now."""
    subject, page = found(request, pk)
    if subject.state == State.DELETED:
        raise Http404
    versions = subject.versions.filter(set_aside=None)
    context = {"comment": subject, "page": page, "versions": versions}
    return render(request, "discussions/comments/history.html", context)


@require_safe
def attachment(request: Any, pk: int, name: str) -> FileResponse:
    """A file of a comment, as a file and nothing else; to whoever may not see the comment there is none."""
    file = get_object_or_404(CommentFile.objects.select_related("file"), pk=pk)
    found(request, file.comment_id)
    try:
        stored = file.file.file
        content = stored.storage.open(stored.name, "rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=file.file.title)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
