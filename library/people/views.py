"""The directory of people, what one says of oneself, and writing to a peer. For members only."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library.people import actions, directory
from library.people.forms import LetterForm, OfferForm
from members.models import Person
from members.refusal import Refused


@login_required
@require_safe
def people(request: Any) -> HttpResponse:
    """Who can be asked: by place, service area, language or name."""
    return render(request, "library/people/list.html", directory.page(request.GET, request.reader))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Any) -> HttpResponse:
    """What I offer my peers."""
    sent = request.method == "POST"
    form = OfferForm.of(request.user, request.POST if sent else None)
    if sent and form.is_valid():
        actions.offer(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. This is how your peers find you."))
        listed = Person.objects.visible_to(request.reader).filter(pk=request.user.pk).exists()
        return redirect(request.user if listed else "library:offer")
    context = {"form": form, "problems": form.problems() if sent else []}
    return render(request, "library/people/offer.html", context, status=422 if sent else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: Any, pk: int) -> HttpResponse:
    """Write to a peer; what was typed stays in the form whatever goes wrong."""
    found = Person.objects.visible_to(request.reader).exclude(pk=request.user.pk)
    person = get_object_or_404(found.select_related("municipality"), pk=pk)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_to(by=request.user, person=person, **form.cleaned_data)
        except Refused as refused:
            form.add_error("message", str(refused))
        else:
            messages.success(request, _("Your message is on its way."))
            return redirect(person)
    sent = request.method == "POST"
    context = {
        "form": form,
        "person": person,
        "may_write": actions.may_write(request.user),
        "takes_messages": actions.may_be_written_to(person),
        "problems": form.problems() if sent else [],
    }
    return render(request, "library/people/write.html", context, status=422 if sent else 200)
