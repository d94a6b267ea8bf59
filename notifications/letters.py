"""What every mail about news has in common: text and HTML, one click that ends it, and what a refusal is."""

import smtplib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

# The server answers and does not want this mail.
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


def may_leave() -> bool:
    """Whether this installation sends mail at all: without EMAIL_URL news waits instead of being dropped."""
    return "dummy" not in settings.EMAIL_BACKEND


def letter(
    to: str, subject: str, name: str, context: Mapping[str, Any], *, stops_at: str
) -> EmailMultiAlternatives:
    """A mail of two templates, `<name>.txt` and `<name>.html`, ready to be sent.

    `stops_at` is where one click in the reader's own mail programme ends such mail, without signing in (RFC 8058).
    """
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{name}.txt", context),
        to=[to],
        headers={
            "List-Unsubscribe": f"<{stops_at}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return mail
