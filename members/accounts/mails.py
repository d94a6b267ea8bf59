"""Mail about accounts: plain text, in the reader's language, one paragraph per thought."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from members.accounts.texts import IGNORE, TEXTS
from members.models import Person


def render(prefix: str, to: str, context: dict[str, Any]) -> EmailMessage:
    """The mail that allauth calls `prefix`, ready to be sent."""
    with translation.override(_language(to, context)):
        text = TEXTS[prefix]
        words = {"site": settings.WAGTAIL_SITE_NAME, **context}
        parts = [str(text.body) % words, _notice(context) if text.notice else str(IGNORE)]
        parts.append(f"{settings.WAGTAIL_SITE_NAME}\n{settings.SITE_URL}/")
        return EmailMessage(
            subject=str(text.subject) % words,
            body="\n\n".join(parts) + "\n",
            to=[to],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _notice(context: dict[str, Any]) -> str:
    words = {"ip": context.get("ip", ""), "browser": context.get("user_agent", "")}
    return _("If this was not you, change your password at once.") + "\n\n" + _(
        "Asked for from %(ip)s with %(browser)s."
    ) % words  # fmt: skip


def _language(to: str, context: dict[str, Any]) -> str:
    """What the reader has chosen; otherwise the language of the page that sends the mail."""
    person = context.get("user")
    if not isinstance(person, Person):
        person = Person.objects.filter(emailaddress__email=to, emailaddress__verified=True).first()
    return (person.language if person else "") or translation.get_language() or settings.LANGUAGE_CODE
