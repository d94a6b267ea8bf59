"""The mail about news: text and HTML, why it came, and how it stops with one click (RFC 8058)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.addresses import in_language
from members.audience import reader_for
from members.mail import absolute
from members.models import Person
from notifications.inbox import things, wording
from notifications.inbox.followable import name_of_kind, names_of
from notifications.inbox.models import Follow, News
from notifications.letters import letter

_SALT = "notifications.inbox.stop"
# A mail is a glance; the inbox has the rest.
SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One piece of news in a mail."""

    sentence: str
    text: str
    url: str
    language: str


def compose(person: Person, told: Sequence[tuple[News, things.Thing]]) -> EmailMultiAlternatives:
    """One mail with all of this, in the reader's language, ready to be sent."""
    language = language_of(person)
    with translation.override(language):
        lines = [_line(news, about, language) for news, about in told]
        reasons = _reasons(person, [news for news, _ in told])
        stop_url = _stop_url("person", person.pk)
        one_click = reasons[0][1] if len(reasons) == 1 and reasons[0][1] else stop_url
        context = {
            "lines": lines[:SHOWN], "more": max(len(lines) - SHOWN, 0), "reasons": reasons, "stop_url": stop_url,
            "inbox_url": absolute(reverse("notifications:inbox")), "language": language,
            "following_url": absolute(reverse("notifications:following")),
        }  # fmt: skip
        return letter(person.email, _subject(lines), "notifications/mail/inbox", context, stops_at=one_click)


def language_of(person: Person) -> str:
    """The language in which somebody reads mail."""
    return person.language or settings.LANGUAGE_CODE


def _line(news: News, about: things.Thing, language: str) -> Line:
    url = absolute(in_language(about.url, language))
    return Line(wording.sentence(news.verb, about), about.text, url, about.language)


def _subject(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return " ".join(lines[0].sentence.split())[:150]
    words = ngettext("%(count)d piece of news for you", "%(count)d pieces of news for you", len(lines))
    return words % {"count": len(lines)}


def _reasons(person: Person, told: Sequence[News]) -> list[tuple[str, str]]:
    """Why each came, once, with the address at which just that stops."""
    names = names_of(
        {news.follow.pk: news.follow for news in told if news.follow}.values(), reader_for(person)
    )
    reasons: dict[str, str] = {}
    for news in told:
        words, url = _reason(person, news, names)
        reasons.setdefault(words, url)
    return list(reasons.items())


def _reason(person: Person, news: News, names: Mapping[int, tuple[str, str]]) -> tuple[str, str]:
    follow = news.follow
    if news.direct or follow is None:
        return _("it concerns you"), _stop_url("direct", person.pk)
    words = kind = name_of_kind(follow.kind)
    if follow.pk in names:
        words = _("you follow the %(kind)s “%(name)s”") % {"kind": kind, "name": names[follow.pk][0]}
    return words, _stop_url("follow", follow.pk)


def _stop_url(what: str, pk: int) -> str:
    token = signing.Signer(salt=_SALT).sign_object([what, pk])
    return absolute(reverse("notifications:stop_news", args=[token]))


def meant_by(token: str) -> tuple[str, Any]:
    """What a signed address stops: ("follow", follows), ("direct", person) or ("person", person), maybe nobody.

    Raises LookupError for an address that we did not sign.
    """
    try:
        what, pk = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise LookupError(token) from error
    if what == "follow":
        return what, Follow.objects.filter(pk=pk)
    return what, Person.objects.filter(pk=pk).first()
