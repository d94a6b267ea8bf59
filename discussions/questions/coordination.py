"""The coordinator's list of questions that nobody answers. To whoever has none, there is no such page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from discussions.forms import RouteForm
from discussions.models import Question
from discussions.questions import being_asked, overdue
from members.models import Person
from members.refusal import Refused


@login_required
@require_safe
def unanswered(request: Any) -> HttpResponse:
    """Questions of one's region that have waited for five working days."""
    if not overdue.is_coordinator(request.user):
        raise Http404
    return _show(request)


def _show(request: Any, *, status: int = 200, at: int = 0, form: RouteForm | None = None) -> HttpResponse:
    context = {
        "waiting": overdue.listed(request.user),
        "form": form or RouteForm(),
        "at": at,
        "problems": form.problems() if form else [],
    }
    return render(request, "discussions/unanswered.html", context, status=status)


@login_required
@require_POST
def act(request: Any, pk: int) -> HttpResponse:
    """Remind those who were asked, or put the question to somebody."""
    if not overdue.is_coordinator(request.user):
        raise Http404
    question = get_object_or_404(overdue.looked_after_by(request.user), pk=pk)
    if request.POST.get("action") == "route":
        return _route(request, question)
    try:
        count = being_asked.nudge(by=request.user, question=question)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = ngettext("Reminded %(count)d person.", "Reminded %(count)d people.", count)
        messages.success(request, told % {"count": count})
    return redirect("discussions:unanswered")


def _route(request: Any, question: Question) -> HttpResponse:
    form = RouteForm(request.POST)
    if form.is_valid():
        try:
            being_asked.route_to(
                by=request.user, question=question, person=_person(form.cleaned_data["address"])
            )
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(request, _("Put to them; they are told."))
            return redirect("discussions:unanswered")
    return _show(request, status=422, at=question.pk, form=form)


def _person(address: str) -> Person:
    found = Person.objects.listed().filter(
        emailaddress__email=address.strip().lower(), emailaddress__verified=True
    )
    person: Person | None = found.first()
    if person is None:
        raise Refused(_("Nobody with this address belongs to a member municipality here."))
    return person
