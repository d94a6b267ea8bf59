"""Of the account's pages, those that allauth does not have."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.forms import number


@login_required
@require_POST
def end_session(request: Any) -> HttpResponse:
    """End one of one's own sessions; another person's does not exist."""
    sessions = UserSession.objects.filter(user=request.user)
    get_object_or_404(sessions, pk=number(request.POST.get("session"))).end()
    messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")
