"""Pages of working groups. All of them are for members; to others no group exists."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import slots
from core.forms import number
from members.audit.notes import note_private_view
from members.groups import actions
from members.groups.forms import GroupForm
from members.groups.models import WorkingGroup
from members.people import Person
from members.refusal import Refused


def _group(request: Any, slug: str) -> WorkingGroup:
    return get_object_or_404(
        WorkingGroup.objects.visible_to(request.reader).select_related("region"), slug=slug
    )


@login_required
@require_safe
def group_list(request: Any) -> HttpResponse:
    """All groups, one's own first."""
    groups = list(
        WorkingGroup.objects.visible_to(request.reader).running().with_counts().select_related("region")
    )
    mine = set(request.reader.group_ids)
    invited = set(WorkingGroup.objects.inviting(request.user).values_list("pk", flat=True))
    context = {
        "invited": [group for group in groups if group.pk in invited],
        "mine": [group for group in groups if group.pk in mine],
        "others": [group for group in groups if group.pk not in mine | invited],
    }
    return render(request, "members/groups/list.html", context)


@login_required
@require_safe
def group(request: Any, slug: str) -> HttpResponse:
    """One group: what for, who leads it; for its members also who is in it and what it shares."""
    subject = _group(request, slug)
    place = subject.memberships.filter(person=request.user).first()
    # As the reader's labels say: a place in a group counts only for people of a municipality.
    is_in = subject.pk in request.reader.group_ids
    belongs = request.reader.sees_everything or is_in
    if belongs and not is_in:
        note_private_view(request.user, subject)
    leads = subject.memberships.leads().select_related("person__municipality")
    context = {
        "group": subject,
        "place": place,
        "belongs": belongs,
        "leads": list(leads),
        "may_lead": request.user.is_superuser or bool(is_in and place and place.is_lead),
        **(_inside(request, subject) if belongs else {}),
    }
    return render(request, "members/groups/group.html", context)


def _inside(request: Any, subject: WorkingGroup) -> dict[str, Any]:
    people = subject.memberships.active().select_related("person__municipality")
    waiting = subject.memberships.waiting().select_related("person__municipality")
    return {
        "people": list(people.order_by("-is_lead", "person__last_name", "person__first_name")),
        "waiting": list(waiting.order_by("since")),
        "invited": list(subject.memberships.invited().select_related("person__municipality")),
        "sections": slots.fill("group", request, subject),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Any) -> HttpResponse:
    """Found a group."""
    if not request.user.municipality_id:
        return redirect("members:groups")
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.found(by=request.user, **form.cleaned_data))
        except Refused as refused:
            form.add_error("name", str(refused))
    sent = request.method == "POST"
    context = {"form": form, "problems": form.problems() if sent else []}
    return render(request, "members/groups/found.html", context, status=422 if sent else 200)


Act = Callable[..., object]
# What a button on a group's page may ask for: by oneself, or by a lead about somebody.
_OWN: dict[str, Act] = {"join": actions.join, "leave": actions.leave, "step-down": actions.step_down}
_LEADS: dict[str, Act] = {"accept": actions.accept, "remove": actions.remove, "name-lead": actions.name_lead}


@login_required
@require_POST
def act(request: Any, slug: str) -> HttpResponse:
    """Join, leave, accept …: one button, one action; what is refused says why."""
    subject = _group(request, slug)
    name = request.POST.get("action", "")
    try:
        if name in _OWN:
            more = {"message": request.POST.get("message", "")} if name == "join" else {}
            _OWN[name](by=request.user, group=subject, **more)
        elif name in _LEADS:
            _LEADS[name](by=request.user, group=subject, person=_person(request))
        elif name == "invite":
            _invite(request, subject)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done."))
    return redirect(subject)


def _person(request: Any) -> Person:
    """Whom the button names, in the group or not: only the action tells, and only to a lead."""
    return get_object_or_404(Person, pk=number(request.POST.get("person")))


def _invite(request: Any, subject: WorkingGroup) -> None:
    """Invite by e-mail address; a stranger's and nobody's are answered alike."""
    email = request.POST.get("email", "").strip().lower()
    person = Person.objects.filter(email=email).first() or Person()
    actions.invite(by=request.user, group=subject, person=person)
