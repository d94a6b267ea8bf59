"""The mail about news: text and HTML, why it came, and how it stops with one click."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from core.addresses import in_language
from members.mail import absolute
from notifications.letters import letter
from notifications.models import SavedSearch
from search import registry
from search.documents import Document

_SALT = "notifications.stop"
# A mail is a glance; the search has the rest.
SHOWN = 10


@dataclass(frozen=True)
class Entry:
    """One item in a mail."""

    title: str
    url: str
    kind: str
    municipality: str
    summary: str
    language: str


@dataclass(frozen=True)
class Section:
    """What one saved search brought."""

    search: SavedSearch
    items: Sequence[Document]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(len(self.items) - SHOWN, 0)

    @property
    def url(self) -> str:
        """The search on the site."""
        return absolute(self.search.get_absolute_url())

    @property
    def stop_url(self) -> str:
        """Where mail about this search stops."""
        return _stop_url("search", self.search.pk)

    def entries(self) -> list[Entry]:
        """The first items, in words."""
        return [_entry(item) for item in self.items[:SHOWN]]


def digest(person: Any, language: str, sections: Sequence[Section]) -> EmailMultiAlternatives:
    """The mail to one person in one language, ready to be sent."""
    with translation.override(language):
        stop_url = _stop_url("person", person.pk)
        context = {
            "person": person,
            "sections": sections,
            "stop_url": stop_url,
            "searches_url": absolute(reverse("notifications:searches")),
            "language": language,
        }
        return letter(person.email, _subject(sections), "notifications/mail/news", context, stops_at=stop_url)


def _subject(sections: Sequence[Section]) -> str:
    count = sum(len(section.items) for section in sections)
    if len(sections) == 1:
        words = ngettext("%(count)d new result for “%(name)s”", "%(count)d new results for “%(name)s”", count)
        return words % {"count": count, "name": " ".join(sections[0].search.name.split())}
    words = ngettext("%(count)d new result in your searches", "%(count)d new results in your searches", count)
    return words % {"count": count}


def _entry(item: Document) -> Entry:
    return Entry(
        title=item.title,
        url=absolute(in_language(item.url, translation.get_language() or "en")),
        kind=str(registry.kinds()[item.kind].label),
        municipality=str(item.display.get("municipality", "")),
        summary=item.summary,
        language=item.language,
    )


def _stop_url(what: str, pk: int) -> str:
    token = signing.Signer(salt=_SALT).sign_object([what, pk])
    return absolute(reverse("notifications:stop", args=[token]))


def searches_of(token: str) -> Any:
    """The saved searches that a signed address stops mail about, maybe none any more.

    Raises LookupError for an address that we did not sign.
    """
    try:
        what, pk = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise LookupError(token) from error
    if what == "person":
        return SavedSearch.objects.filter(person_id=pk)
    return SavedSearch.objects.filter(pk=pk)
