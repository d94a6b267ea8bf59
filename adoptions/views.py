"""Declaring what one's municipality takes up, and the record of an adoption."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adoptions import actions
from adoptions.forms import AdoptionForm
from adoptions.models import Adoption
from adoptions.permissions import declarers, may_declare
from adoptions.states import source_of
from members.audit.notes import seen_privately
from members.refusal import Refused
from members.roles.rules import may_manage


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: Any, pk: int) -> HttpResponse:
    """Say how one's municipality stands with a case study or playbook; whoever may not is told whom to ask."""
    source = source_of(pk, request.reader)
    sent = request.method == "POST"
    if source is None:
        return _lost(request) if sent else _nothing_here()
    if not may_declare(request.user):
        context = {
            "source": source,
            "declarers": _declarers(request.user),
            "belongs": request.user.municipality_id,
        }
        return render(request, "adoptions/ask_whom.html", context, status=403)
    town = request.user.municipality
    known = Adoption.objects.filter(municipality=town, source_id=pk).first()
    # The form's own copy: validating writes into it.
    form = AdoptionForm(request.POST if sent else None, instance=known, source=source, municipality=town)
    if sent and form.is_valid() and _declare(request, pk, form):
        messages.success(request, _("Saved. Thank you: your peers see how it went."))
        return redirect(f"{source.get_url(request)}#adopters")
    own = source.municipality_id == town.pk
    context = {
        "source": source,
        "form": form,
        "known": known,
        "own": own,
        "problems": form.problems() if sent else [],
    }
    return render(request, "adoptions/adopt.html", context, status=422 if sent else 200)


def _declare(request: Any, pk: int, form: AdoptionForm) -> bool:
    corrects, seen = bool(form.cleaned_data.get("corrects")), form.cleaned_data["seen"]
    try:
        actions.declare(by=request.user, source_id=pk, said=form.said(), corrects=corrects, seen=seen)
    except Refused as refused:
        form.add_error(None, str(refused))
        form.take_note_of(
            Adoption.objects.filter(municipality=request.user.municipality, source_id=pk).first()
        )
        return False
    return True


def _declarers(person: Any) -> list[Any]:
    return declarers(person.municipality_id) if person.municipality_id else []


def _nothing_here() -> HttpResponse:
    raise Http404


def _lost(request: Any) -> HttpResponse:
    """What was about is not there for this person (any more), or never was; what they typed is theirs."""
    typed = [text for name in ("changes", "reason", "thanks") if (text := request.POST.get(name, "").strip())]
    return render(request, "site/typed.html", {"typed": typed}, status=404)


@require_safe
def record(request: Any, pk: int) -> HttpResponse:
    """One adoption with its history, for those who may see both it and its source."""
    found = Adoption.objects.visible_to(request.reader).select_related("municipality", "source")
    adoption = get_object_or_404(found, pk=pk)
    seen_privately(request, adoption)
    source = source_of(adoption.source_id, request.reader)
    own = may_declare(request.user) and request.user.municipality_id == adoption.municipality_id
    context = {
        "adoption": adoption,
        "source": source,
        "steps": list(adoption.steps.order_by("pk")),
        "may_change": own,
        "decides_on_thanks": bool(adoption.thanks) and may_manage(request.user, source.municipality),
    }
    return render(request, "adoptions/record.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Any, pk: int) -> HttpResponse:
    """Ask once more, then remove a record that never should have been."""
    own = (
        Adoption.objects.filter(municipality=request.user.municipality_id)
        if may_declare(request.user)
        else None
    )
    adoption = get_object_or_404(Adoption.objects.none() if own is None else own, pk=pk)
    if request.method == "POST":
        try:
            actions.erase(by=request.user, adoption=adoption)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(adoption)
        messages.success(request, _("The record is erased."))
        return redirect(request.user.municipality.get_url(request))
    source = source_of(adoption.source_id, request.reader)
    return render(request, "adoptions/erase.html", {"adoption": adoption, "source": source})


@login_required
@require_POST
def thanks(request: Any, pk: int) -> HttpResponse:
    """The municipality that is thanked shows the note on its page, or does not."""
    adoption = get_object_or_404(Adoption.objects.visible_to(request.reader), pk=pk)
    try:
        actions.hide_thanks(by=request.user, adoption=adoption, hidden=request.POST.get("action") == "hide")
    except Refused as refused:
        raise Http404 from refused
    messages.success(request, _("Done."))
    return redirect(adoption)
