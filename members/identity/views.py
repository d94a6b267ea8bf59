"""Pages of one's own account: profile, data, merging, closing."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.identity import actions, closing, export, merging
from members.identity.forms import MergeForm, ProfileForm
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Any) -> HttpResponse:
    """Names, job title, language; where one belongs."""
    form = ProfileForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(by=request.user, **form.cleaned_data)
        with override(form.cleaned_data["language"] or None):
            messages.success(request, _("Your profile is changed."))
            return redirect("members:account")
    context = {"form": form, "municipality": request.user.municipality}
    return render(request, "account/profile.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def leave(request: Any) -> HttpResponse:
    """Leave one's municipality: authorship stays, access ends at once."""
    try:
        roles.leave(by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have left. What you wrote stays with your name."))
    return redirect("members:account")


@login_required
@require_safe
def data(request: Any) -> HttpResponse:
    """Take one's data along, make two accounts one, or close the account."""
    context = {"form": MergeForm(), "obstacles": closing.obstacles(request.user)}
    return render(request, "account/data.html", context)


@reauthentication_required
@require_safe
def download(request: Any) -> HttpResponse:
    """Everything the site knows of whoever asks."""
    response = JsonResponse(
        export.everything(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
@require_POST
def ask_to_merge(request: Any) -> HttpResponse:
    """Send a link to the other account's address; the answer is the same whether there is one."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "obstacles": closing.obstacles(request.user)}
        return render(request, "account/data.html", context, status=422)

    def url_of(token: str) -> str:
        return request.build_absolute_uri(reverse("members:merge", args=[token]))

    try:
        merging.ask(by=request.user, email=form.cleaned_data["email"], url_of=url_of)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("If an account has this address, a link is on its way to it."))
    return redirect("members:account_data")


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Any, token: str) -> HttpResponse:
    """Say what will happen, and do it when the button is pressed."""
    try:
        if request.method == "POST":
            merging.merge(by=request.user, token=token)
            messages.success(request, _("The two accounts are one now."))
            return redirect("members:account")
        other = merging.other_of(by=request.user, token=token)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("members:account_data")
    return render(request, "account/merge.html", {"other": other})


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Any) -> HttpResponse:
    """Close the account, after a page that says what stays and what goes."""
    if request.method != "POST":
        return render(request, "account/close.html", {"obstacles": closing.obstacles(request.user)})
    try:
        closing.close(by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("members:account_data")
    logout(request)
    messages.success(request, _("Your account is closed. Thank you for what you shared."))
    return redirect("/")
