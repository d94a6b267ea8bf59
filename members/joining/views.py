"""Pages of joining: a newcomer's first page, the queue, and where links of mails lead."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import slots
from members.joining import actions, invitations, verification
from members.joining.forms import AskForm, likely_town
from members.joining.models import JoinRequest, RequestState
from members.joining.queue import cases
from members.people import Person
from members.refusal import Refused
from members.roles.rules import managed, may_manage_people


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: Any) -> HttpResponse:
    """Where a newcomer lands: what there is for them, or how they come to belong somewhere."""
    # A domain may have been verified since the address was confirmed.
    if request.user.municipality_id is None:
        actions.join_by_domain(request.user)
    person = Person.objects.select_related("municipality__region").get(pk=request.user.pk)
    invited = list(invitations.waiting_for(person))
    if person.municipality is None:
        return _outside(request, person, invited)
    context = {
        "person": person,
        "town": person.municipality,
        "invited": [each for each in invited if each.municipality_id != person.municipality_id],
        "sections": slots.fill("welcome", request, person.municipality),
        "manages": may_manage_people(request.user, person.municipality),
        "decides": managed(request.user).exists(),
        "waiting": JoinRequest.objects.waiting().decided_on_by(request.user).count(),
    }
    return render(request, "members/joining/welcome.html", context)


def _outside(request: Any, person: Any, invited: list[Any]) -> HttpResponse:
    """Choose a municipality, or wait."""
    sent = request.method == "POST"
    form = AskForm(request.POST) if sent else AskForm(initial={"municipality": likely_town(person)})
    if sent and form.is_valid():
        try:
            actions.ask(by=person, **form.cleaned_data)
            return redirect("members:welcome")
        except Refused as refused:
            form.add_error(None, str(refused))
    own = JoinRequest.objects.filter(person=person).select_related("municipality").order_by("-asked")
    context = {
        "form": form,
        "problems": form.problems() if sent else [],
        "invited": invited,
        "waiting": own.filter(state=RequestState.WAITING).first(),
        "declined": own.filter(state=RequestState.DECLINED).first(),
    }
    return render(request, "members/joining/outside.html", context, status=422 if sent else 200)


@login_required
@require_POST
def take_back(request: Any) -> HttpResponse:
    """Take one's waiting request back."""
    actions.take_back(by=request.user)
    messages.success(request, _("Your request has been taken back."))
    return redirect("members:welcome")


@login_required
@require_safe
def queue(request: Any) -> HttpResponse:
    """Requests that are this person's to decide; whoever decides on none finds nothing here."""
    if not managed(request.user).exists():
        raise Http404
    return render(request, "members/joining/queue.html", {"cases": cases(request.user)})


@login_required
@require_POST
def decide(request: Any, pk: int) -> HttpResponse:
    """Accept or decline; what is refused says why."""
    asked = get_object_or_404(JoinRequest.objects.decided_on_by(request.user), pk=pk)
    choice = {"accept": actions.accept, "decline": actions.decline}.get(request.POST.get("action", ""))
    if choice is None:
        raise Http404
    try:
        choice(by=request.user, request=asked, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided. We have told them by mail."))
    return redirect("members:join_requests")


@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Any, token: str) -> HttpResponse:
    """Where the link of an invitation leads: what it means, and the button that accepts it."""
    try:
        found = invitations.of_link(token)
    except Refused as refused:
        return _gone(request, str(refused))
    signed_in = request.user.is_authenticated
    if request.method == "POST" and signed_in:
        return _accept(request, found)
    context = {"invitation": found, "is_mine": signed_in and invitations.is_for(found, request.user)}
    return _linked(render(request, "members/joining/invitation.html", context))


@login_required
@require_POST
def accept_invitation(request: Any, pk: int) -> HttpResponse:
    """Accept an invitation of one's own address, found on the first page instead of in the mail."""
    return _accept(request, get_object_or_404(invitations.waiting_for(request.user), pk=pk))


def _accept(request: Any, found: Any) -> HttpResponse:
    try:
        invitations.accept(by=request.user, invitation=found)
    except Refused as refused:
        return _gone(request, str(refused))
    messages.success(request, _("Welcome to %(town)s.") % {"town": found.municipality.official_name})
    return redirect("members:welcome")


@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def domain_link(request: Any, token: str) -> HttpResponse:
    """Where the link to a domain's role mailbox leads. Mail scanners open links: a button confirms."""
    try:
        domain = verification.confirm(token) if request.method == "POST" else verification.of_link(token)[0]
    except Refused as refused:
        return _gone(request, str(refused))
    done = request.method == "POST" or domain.verified
    return _linked(render(request, "members/joining/domain.html", {"domain": domain, "done": done}))


def _gone(request: Any, reason: str) -> HttpResponse:
    """A link that does not count: why, and what to do."""
    return _linked(render(request, "members/joining/gone.html", {"reason": reason}, status=410))


def _linked(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: nothing keeps the answer, for whoever has no session either.

    No stricter referrer policy than the site's own (`same-origin`): without a referrer browsers send no origin,
    and the form of this page would be refused.
    """
    patch_cache_control(response, private=True, no_store=True)
    return response
