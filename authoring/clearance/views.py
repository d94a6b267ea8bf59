"""What a link opens: the draft with a form above it. A link that is over shows nothing of it; a forged one is not found."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from authoring import drafts, showing
from authoring.clearance import actions
from authoring.models import Answer, PreviewLink
from core.slots import Section
from library.models import LibraryPage
from library.versions import version_of
from members.refusal import Refused

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: Any, token: str) -> HttpResponse:
    """Read, then approve or comment."""
    link = actions.of_token(token)
    if link is None:
        raise Http404
    if not actions.still_opens(link):
        return _gone(request)
    if request.method == "POST":
        return _answer(request, link, token)
    # Mail scanners ask for the head alone: nobody has read anything.
    if request.method == "GET":
        actions.opened(link)
    return _show(request, link)


def _gone(request: Any) -> HttpResponse:
    return showing.private(render(request, "authoring/clearance/gone.html", status=GONE))


def _show(request: Any, link: PreviewLink, *, problem: str = "", remark: str = "") -> HttpResponse:
    page = link.page.specific
    draft: LibraryPage = drafts.current(page)
    last = link.answers.last()
    context = {
        "link": link, "item": draft, "version": version_of(draft), "problem": problem, "remark": remark,
        "last": last, "older": last is not None and _is_older(last, draft),
    }  # fmt: skip
    bar = Section("authoring/clearance/bar.html", context)
    return showing.render(request, draft, bar, carry_pictures=True)


def _is_older(last: Answer, draft: LibraryPage) -> bool:
    return last.approves and last.version != version_of(draft)


def _answer(request: Any, link: PreviewLink, token: str) -> HttpResponse:
    approves = request.POST.get("answer") == "approve"
    remark, version = request.POST.get("remark", ""), request.POST.get("version", "")
    try:
        actions.answer(link=link, approves=approves, remark=remark, version=version)
    except Refused as refused:
        fresh = actions.of_token(token)
        if fresh is None or not actions.still_opens(fresh):
            return _gone(request)
        # Not an error's status: the address, which is a secret, would be written into the log of errors.
        return _show(request, fresh, problem=str(refused), remark=remark)
    return showing.private(redirect("authoring:clear", token))
