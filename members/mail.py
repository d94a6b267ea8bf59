"""Mail to one person about something that concerns them: in their language, after the change is committed.

A mail is two templates: `<name>.subject.txt` and `<name>.txt`. It is sent by the worker, tried again if that fails.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from core.events import after_commit


def absolute(path: str) -> str:
    """An address for readers who are not on the site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def send_later(name: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Queue a mail once the current transaction has committed. The context holds plain values only."""
    after_commit(partial(send.enqueue, name, to, language or settings.LANGUAGE_CODE, context))


@task()
def send(name: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Send one mail now. Raises what the mail server says."""
    with translation.override(language):
        subject = " ".join(render_to_string(f"{name}.subject.txt", context).split())
        body = render_to_string(f"{name}.txt", {**context, "site_url": settings.SITE_URL})
    EmailMessage(subject, body, to=[to], headers={"Auto-Submitted": "auto-generated"}).send()
