"""The mail that carries a link: to an address that somebody typed, whether it has an account or not."""

from django.urls import reverse
from django.utils import translation

from authoring.models import PreviewLink, Purpose
from library.models import LibraryPage
from members.mail import absolute, send_later


def link(sent: PreviewLink, draft: LibraryPage, token: str) -> None:
    """The link: its only copy."""
    with translation.override(sent.language):
        address = absolute(reverse("authoring:clear", args=[token]))
    name = "confirm" if sent.purpose == Purpose.CONFIRMATION else "clear"
    context = {
        "name": sent.name,
        "by": sent.asked_by.get_full_name() if sent.asked_by else "",
        "title": draft.title,
        "town": draft.municipality.official_name,
        "link": address,
        "expires": sent.expires.date().isoformat(),
    }
    send_later(f"authoring/mail/{name}", sent.email, sent.language, context)
