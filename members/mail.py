"""Mail to one person about something that concerns them: in their language, after the change is committed.

A mail is two templates: `<name>.subject.txt` and `<name>.txt`. It is sent by the worker, and while no server takes it
tried again for a day.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from core.events import after_commit
from core.tasks import MAIL
from members.models import Person

PAUSE = timedelta(minutes=15)
# A day of them.
MOST_TRIES = 96


def absolute(path: str) -> str:
    """An address for readers who are not on the site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def send_later(name: str, to: Person | str, language: str, context: dict[str, Any]) -> None:
    """Queue a mail once the current transaction has committed. The context holds plain values only.

    To a person it goes to the address they have when it leaves, and nowhere if their account is closed by then.
    """
    address, person = (to, 0) if isinstance(to, str) else ("", to.pk)
    after_commit(
        partial(send.enqueue, name, address, language or settings.LANGUAGE_CODE, context, person=person)
    )


@task(queue_name=MAIL)
def send(name: str, to: str, language: str, context: dict[str, Any], person: int = 0, tries: int = 1) -> None:
    """Send one mail now, or have it tried again later. Raises what the mail server says the last time."""
    address = to or Person.objects.filter(pk=person, is_active=True).values_list("email", flat=True).first()
    if not address:
        return
    try:
        _send(name, address, language, context)
    except OSError:
        if tries >= MOST_TRIES:
            raise
        later = send.using(run_after=timezone.now() + PAUSE)
        later.enqueue(name, to, language, context, person=person, tries=tries + 1)


def _send(name: str, to: str, language: str, context: dict[str, Any]) -> None:
    with translation.override(language):
        subject = " ".join(render_to_string(f"{name}.subject.txt", context).split())
        body = render_to_string(f"{name}.txt", {**context, "site_url": settings.SITE_URL})
    EmailMessage(subject, body, to=[to], headers={"Auto-Submitted": "auto-generated"}).send()
