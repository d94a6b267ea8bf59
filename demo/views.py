"""The demo's mailbox. Only the demo has it: its settings alone install this app."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from demo.mailbox import mails


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What would have been sent, newest first."""
    return render(request, "demo/mailbox.html", {"mails": mails()})


@never_cache
@require_safe
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail."""
    found = next((each for each in mails() if each.number == number), None)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})
