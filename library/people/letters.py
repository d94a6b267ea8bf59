"""The mail that carries a message from one person to another."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.mail import absolute
from members.models import Person


def letter(*, sender: Person, recipient: Person, message: str, share_address: bool) -> EmailMessage:
    """To the recipient and nobody else; the sender's address is in it only where they share it."""
    with translation.override(_language_of(recipient)):
        context = {
            "sender": sender,
            "message": message,
            "share_address": share_address,
            "reply_url": absolute(reverse("library:write_to", args=[sender.pk])),
            "settings_url": absolute(reverse("library:offer")),
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        return EmailMessage(
            subject=_("%(name)s writes to you on %(site)s")
            % {"name": _one_line(sender.get_full_name()), "site": settings.WAGTAIL_SITE_NAME},
            body=render_to_string("library/people/mail/letter.txt", context),
            to=[recipient.email],
            reply_to=[sender.email] if share_address else None,
        )


def _language_of(recipient: Person) -> str:
    """Their own, or the one of English and French that they work in, or that of whoever writes."""
    if recipient.language:
        return recipient.language
    spoken = set(recipient.spoken_languages.values_list("code", flat=True))
    if len(spoken & {"en", "fr"}) == 1:
        return "fr" if "fr" in spoken else "en"
    return get_language() or settings.LANGUAGE_CODE


def _one_line(text: str) -> str:
    """A name as it may stand in a header: no line breaks, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
