"""The privacy notice: what this installation keeps, for how long, and who answers for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The same for everybody; the facts come from the settings."""
    context = {
        "controller": settings.PRIVACY_CONTROLLER,
        "contact": settings.PRIVACY_CONTACT,
        "place": settings.PRIVACY_PLACE,
        "audit_days": settings.AUDIT_KEEP_DAYS,
        "contact_days": settings.CONTACT_KEEP_DAYS,
        "request_days": settings.REQUESTS_KEEP_DAYS,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
    }
    return render(request, "core/privacy.html", context)
