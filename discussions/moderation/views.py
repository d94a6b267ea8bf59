"""Reporting, the moderators' queue, and what an author is told. To all who are not moderators there is no queue."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from discussions.comments import rules
from discussions.comments.places import MAX_ID
from discussions.moderation import actions, checking, firstposts, queue, things
from discussions.moderation.forms import DecisionForm, ReportForm
from discussions.moderation.models import Report
from members.audit.notes import note_private_view
from members.models import MunicipalityPage
from members.refusal import Refused
from members.roles import rules as roles


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: Any, kind: str, pk: int) -> HttpResponse:
    """Say that something is wrong with a thing one can see."""
    known = things.kinds().get(kind)
    thing = known.visible(request.reader).filter(pk=min(pk, MAX_ID)).first() if known else None
    if known is None or thing is None or not rules.may_write(request.user):
        raise Http404
    before = Report.objects.filter(by=request.user, kind=kind, item_id=pk).first()
    form = ReportForm(request.POST if request.method == "POST" else None, instance=before)
    context = {"form": form, "title": known.title(thing), "back": known.url(thing), "before": before}
    if request.method != "POST":
        return render(request, "discussions/moderation/report.html", context)
    if form.is_valid():
        try:
            actions.report(by=request.user, kind=kind, item_id=pk, **form.cleaned_data)
            return render(request, "discussions/moderation/reported.html", context)
        except Refused as refused:
            form.add_error(None, str(refused))
    context |= {"problems": form.problems()}
    return render(request, "discussions/moderation/report.html", context, status=422)


@login_required
@require_safe
def moderation(request: Any) -> HttpResponse:
    """What waits: reports for moderators; first posts also for publishers of their municipality."""
    if not checking.decides(request.user):
        raise Http404
    moderator = rules.is_moderator(request.user)
    listing = Paginator(queue.open_reports(), 25).get_page(request.GET.get("page")) if moderator else None
    context = {
        "listing": listing,
        "rows": queue.rows(listing.object_list, request.reader) if listing else [],
        "held": checking.waiting(request.user, request.reader),
        "moderator": moderator,
        "decline_form": DecisionForm(),
    }
    return render(request, "discussions/moderation/queue.html", context)


def _case(request: Any, kind: str, pk: int) -> queue.Case:
    """Only what waits for a decision or is under one: it opens nothing else that its readers have."""
    if not rules.is_moderator(request.user):
        raise Http404
    found = queue.case(kind, pk, request.user)
    seen = found is not None and found.kind.visible(request.reader).filter(pk=pk).exists()
    if found is None or not (found.is_open or (seen and (found.reports or found.decisions))):
        raise Http404
    if not seen:
        note_private_view(request.user, found.thing)
    return found


@login_required
@require_safe
def case(request: Any, kind: str, pk: int) -> HttpResponse:
    """One reported thing, what was said of it, and what to do."""
    context = {"case": _case(request, kind, pk), "form": DecisionForm()}
    return render(request, "discussions/moderation/case.html", context)


_DECISIONS: dict[str, Any] = {
    "hide": actions.hide,
    "show": actions.show,
    "warn": actions.warn,
    "dismiss": actions.dismiss,
    "suspend": actions.suspend,
}


@login_required
@require_POST
def decide(request: Any, kind: str, pk: int) -> HttpResponse:
    """One button, one decision."""
    found = _case(request, kind, pk)
    name = request.POST.get("action", "")
    if name not in _DECISIONS:
        raise Http404
    form = DecisionForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        until = given.pop("until")
        given |= {"until": until} if name == "suspend" else {}
        try:
            _DECISIONS[name](by=request.user, kind=kind, item_id=pk, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done, and noted."))
            return redirect("discussions:moderation")
    context = {"case": found, "form": form, "problems": form.problems()}
    return render(request, "discussions/moderation/case.html", context, status=422)


@login_required
@require_safe
def suspended(request: Any) -> HttpResponse:
    """Who is suspended now."""
    if not rules.is_moderator(request.user):
        raise Http404
    found = queue.suspensions_for(request.user)
    return render(request, "discussions/moderation/suspended.html", {"suspensions": found[:200]})


@login_required
@require_POST
def lift(request: Any, pk: int) -> HttpResponse:
    """End a suspension before its time."""
    if not rules.is_moderator(request.user):
        raise Http404
    suspension = get_object_or_404(queue.suspensions_for(request.user), pk=pk)
    actions.lift(
        by=request.user, suspension=suspension, words=request.POST.get("words", "").replace("\x00", "")
    )
    messages.success(request, _("Done, and noted."))
    return redirect("discussions:suspended")


@login_required
@require_POST
def check_first_post(request: Any, kind: str, pk: int) -> HttpResponse:
    """Let a first post through, or not."""
    if pk > MAX_ID or not checking.is_for(request.user, request.reader, kind, pk):
        raise Http404
    given: dict[str, Any] = {
        "by": request.user,
        "kind": kind,
        "item_id": pk,
        "seen": request.POST.get("seen"),
    }
    try:
        if request.POST.get("action") == "approve":
            checking.approve(**given)
        else:
            checking.decline(**given | _said(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done, and noted."))
    return redirect("discussions:moderation")


def _said(request: Any) -> dict[str, str]:
    """The reason, and the words for the author."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(problem["message"] for problem in form.problems()))
    return {name: form.cleaned_data[name] for name in ("reason", "words")}


@login_required
@require_POST
def first_posts(request: Any, slug: str) -> HttpResponse:
    """A municipality's switch: whether the first posts of its new people are looked at."""
    town = get_object_or_404(roles.managed(request.user), slug=slug)
    try:
        firstposts.switch(by=request.user, municipality=town, on=request.POST.get("on") == "1")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done."))
    return redirect("members:desk", MunicipalityPage.objects.get(pk=town.pk).slug)


@login_required
@require_safe
def about_mine(request: Any) -> HttpResponse:
    """What moderators decided about what one wrote, and why."""
    moderates = checking.decides(request.user)
    context = {"decisions": queue.about(request.user), "moderates": moderates}
    return render(request, "discussions/moderation/mine.html", context)
