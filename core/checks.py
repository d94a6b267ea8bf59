"""Unsafe settings are refused with their cure (`manage.py check --deploy`)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Settings that would harm a public installation."""
    messages: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < 50:
        messages.append(
            Error(
                "SECRET_KEY is missing or short.",
                hint="Set SECRET_KEY to 50 random characters or more.",
                id="core.E001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        messages.append(
            Error(
                "ALLOWED_HOSTS lets every name in, or none.",
                hint="List the site's host names.",
                id="core.E002",
            )
        )
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        messages.append(
            Warning(
                "Each process has a cache of its own, so a change may show late in the others.",
                hint="Set CACHE_URL=redis://… when more than one process serves the site.",
                id="core.W001",
            )
        )
    if "dummy" in settings.EMAIL_BACKEND:
        messages.append(
            Warning(
                "No mail is sent: nobody can confirm an address, reset a password or get news.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@host:587.",
                id="core.W002",
            )
        )
    return messages
