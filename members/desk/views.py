"""The pages of a municipality's desk. To whoever does not look after it, there is none."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import slots
from core.forms import number
from members.desk import actions
from members.desk.forms import ROLES, DomainForm, InviteForm, ProfileForm
from members.joining import invitations, verification
from members.joining.domains import ROLE_MAILBOXES
from members.joining.models import JoinRequest
from members.models import MunicipalityPage, Person, RoleGrant, Workplace
from members.refusal import Refused
from members.roles import actions as roles
from members.roles import review, rules


def _town(request: Any, slug: str) -> MunicipalityPage:
    found = rules.managed(request.user).select_related("region", "logo")
    return get_object_or_404(found, slug=slug)


@login_required
@require_safe
def desk(request: Any, slug: str) -> HttpResponse:
    """People, requests, invitations; for publishers also profile, domains and review."""
    town = _town(request, slug)
    return _show(request, town)


def _show(request: Any, town: MunicipalityPage, *, status: int = 200, **forms: Any) -> HttpResponse:
    manages = rules.may_manage(request.user, town)
    place = Workplace.objects.filter(municipality=town).first()
    sent = next(iter(forms.values()), None)
    context = {
        "town": town,
        "manages": manages,
        "people": _people(town),
        "roles": ROLES,
        "invitations": town.invitations.open().select_related("by").order_by("-sent"),
        "waiting": JoinRequest.objects.waiting().filter(municipality=town).count(),
        "domains": town.domains.all(),
        "vouches": request.user.is_superuser or rules.coordinates(request.user, town.region_id),
        "mailboxes": ROLE_MAILBOXES,
        "reviews": bool(place and place.reviews),
        "invite_form": forms.get("invite_form") or InviteForm(initial={"language": get_language()}),
        "domain_form": forms.get("domain_form") or DomainForm(),
        "profile_form": forms.get("profile_form") or ProfileForm(instance=town),
        "problems": sent.problems() if sent else [],
        "sections": slots.fill("desk", request, town),
    }
    return render(request, "members/desk/desk.html", context, status=status)


def _people(town: MunicipalityPage) -> list[Person]:
    people = list(
        Person.objects.filter(municipality=town, is_active=True).order_by("last_name", "first_name", "pk")
    )
    held = dict(RoleGrant.objects.in_force().filter(municipality=town).values_list("person", "role"))
    for person in people:
        person.role_here = held.get(person.pk, "")
    return people


Act = Callable[[Any, MunicipalityPage], None]


@login_required
@require_POST
def act(request: Any, slug: str) -> HttpResponse:
    """One button, one action; what is refused says why."""
    town = _town(request, slug)
    chosen = _ACTS.get(request.POST.get("action", ""))
    if chosen is None:
        raise Http404
    try:
        chosen(request, town)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done."))
    # Whoever gave the last of their own roles away has no desk any more.
    there = rules.managed(Person.objects.get(pk=request.user.pk)).filter(pk=town.pk).exists()
    return redirect("members:desk", town.slug) if there else redirect(town.get_url(request))


@login_required
@require_http_methods(["POST"])
def change(request: Any, slug: str, part: str) -> HttpResponse:
    """A form of the desk; with what is wrong and all that was typed when it does not pass."""
    town = _town(request, slug)
    if part not in _FORMS or (part != "invite" and not rules.may_manage(request.user, town)):
        raise Http404
    make, do = _FORMS[part]
    form = make(request, town)
    if form.is_valid():
        try:
            do(request, town, form)
        except Refused as refused:
            form.add_error(next(iter(form.fields)), str(refused))
        else:
            messages.success(request, _("Done."))
            return redirect("members:desk", town.slug)
    town.refresh_from_db()
    return _show(request, town, status=422, **{f"{part}_form": form})


def _invite(request: Any, town: MunicipalityPage, form: InviteForm) -> None:
    invitations.invite(by=request.user, municipality=town, **form.cleaned_data)


def _add_domain(request: Any, town: MunicipalityPage, form: DomainForm) -> None:
    verification.add(by=request.user, municipality=town, name=form.cleaned_data["name"])


def _profile(request: Any, town: MunicipalityPage, form: ProfileForm) -> None:
    values = {name: form.cleaned_data[name] for name in actions.FIELDS}
    actions.change_profile(
        by=request.user, municipality=town, values=values, logo=form.cleaned_data.get("logo_file")
    )


_FORMS: dict[str, tuple[Callable[..., Any], Callable[..., None]]] = {
    "invite": (lambda request, town: InviteForm(request.POST), _invite),
    "domain": (lambda request, town: DomainForm(request.POST), _add_domain),
    "profile": (lambda request, town: ProfileForm(request.POST, request.FILES, instance=town), _profile),
}


def _name_role(request: Any, town: MunicipalityPage) -> None:
    person = get_object_or_404(Person, pk=number(request.POST.get("person")), municipality=town)
    reason, role = request.POST.get("reason", ""), request.POST.get("role", "")
    roles.name_role(by=request.user, person=person, municipality=town, role=role, reason=reason)


def _remove(request: Any, town: MunicipalityPage) -> None:
    person = get_object_or_404(Person, pk=number(request.POST.get("person")), municipality=town)
    reason = request.POST.get("reason", "")
    roles.remove_person(by=request.user, person=person, municipality=town, reason=reason)


def _withdraw(request: Any, town: MunicipalityPage) -> None:
    found = get_object_or_404(town.invitations, pk=number(request.POST.get("invitation")))
    invitations.withdraw(by=request.user, invitation=found)


def _of_domain(do: Callable[..., None], *more: str) -> Act:
    def act_on(request: Any, town: MunicipalityPage) -> None:
        found = get_object_or_404(town.domains, pk=number(request.POST.get("domain")))
        do(by=request.user, domain=found, **{name: request.POST.get(name, "") for name in more})

    return act_on


def _review(request: Any, town: MunicipalityPage) -> None:
    review.switch_review(by=request.user, municipality=town, on=request.POST.get("on") == "1")


_ACTS: dict[str, Act] = {
    "role": _name_role,
    "remove": _remove,
    "withdraw": _withdraw,
    "remove-domain": _of_domain(verification.remove),
    "vouch": _of_domain(verification.vouch),
    "send-link": _of_domain(verification.send_link, "mailbox"),
    "review": _review,
}
