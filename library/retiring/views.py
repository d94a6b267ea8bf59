"""Where those who answer for an item retire it and use it again; to everybody else it does not exist."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library.models import LibraryPage
from library.retiring import actions
from library.retiring.forms import RetireForm
from library.views import answered_for, said
from members.refusal import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: Any, pk: int) -> HttpResponse:
    """Say why, and what to read instead; what was typed stays in the form whatever goes wrong."""
    item = answered_for(request, pk)
    sent = request.method == "POST"
    form = RetireForm(request.POST if sent else None, item=item, reader=request.reader)
    if sent and form.is_valid() and _is_done(request, item, form):
        return redirect(item.get_url(request))
    context = {"item": item, "form": form, "problems": form.problems() if sent else []}
    return render(request, "library/retiring/form.html", context, status=422 if sent else 200)


def _is_done(request: Any, item: LibraryPage, form: RetireForm) -> bool:
    said = form.cleaned_data
    try:
        actions.retire(by=request.user, item=item, why=said["why"], instead=said["page"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("This page is retired. It stays at its address and says so to its readers."))
    return True


@login_required
@require_POST
def use_again(request: Any, pk: int) -> HttpResponse:
    """One click takes it back."""
    return said(request, pk, actions.use_again, _("This page is in use again."))
