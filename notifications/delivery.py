"""Sending news by mail: each item once, and nothing that its reader may not see by then."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from members.audience import reader_for
from members.models import Person
from notifications import letters, mails, news
from notifications.models import Notice, SavedSearch
from search import registry
from search.documents import Document

logger = logging.getLogger(__name__)

Item = tuple[str, int]


def send_due(now: datetime | None = None) -> int:
    """Look at every search whose time has come, then mail what waits; returns how many mails left."""
    if not letters.may_leave():
        return 0
    now = now or timezone.now()
    for search in SavedSearch.objects.due(now):
        try:
            news.look(search, now)
        except news.NoAnswer:
            logger.warning("the saved search %d could not be looked at; later again", search.pk)
    waiting = Notice.objects.waiting(now).values("search__person")
    people = Person.objects.filter(pk__in=waiting, is_active=True)
    return _send_all(people, now) if people else 0


def _send_all(people: Iterable[Person], now: datetime) -> int:
    """Over one connection; a server that does not answer is left alone until the next time."""
    sent = 0
    try:
        with get_connection() as connection:
            for person in people:
                sent += _send_to(person, now, connection)
    except OSError as error:
        logger.warning("the mail server does not take mail: %s", error)
    return sent


def _send_to(person: Person, now: datetime, connection: Any) -> int:
    """One mail for each language in which the person saved searches; returns how many left."""
    own = Notice.objects.filter(search__in=SavedSearch.objects.of(person).with_mail())
    # Claimed before the mail leaves: another process leaves it alone, and a death in between costs one duplicate.
    if not own.waiting(now).update(claimed=now, tries=F("tries") + 1):
        return 0
    mine = own.filter(claimed=now, sent=None).select_related("search").order_by("search__name", "pk")
    by_language: dict[str, list[Notice]] = defaultdict(list)
    for notice in mine:
        by_language[notice.search.language].append(notice)
    return sum(_send(person, language, notices, now, connection) for language, notices in by_language.items())


def _send(person: Person, language: str, notices: list[Notice], now: datetime, connection: Any) -> int:
    seen = _visible(person, notices)
    shown = [notice for notice in notices if (notice.kind, notice.item_id) in seen]
    # What is hidden by now is forgotten: should it be shown again, it is news again.
    _rows(notice for notice in notices if notice not in shown).delete()
    if not shown:
        return 0
    mail = mails.digest(person, language, _sections(shown, seen))
    mail.connection = connection
    try:
        mail.send()
    except letters.REFUSED as error:
        # The claim stays: so this mailbox alone is tried again later, and not at once.
        logger.warning("mail to person %d was refused: %s", person.pk, error)
        _rows(shown).update(tries=F("tries") - 1)
        return 0
    except OSError:
        _rows(shown).update(claimed=None, tries=F("tries") - 1)
        raise
    _rows(shown).update(sent=now)
    return 1


def _rows(notices: Iterable[Notice]) -> Any:
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def _visible(person: Person, notices: list[Notice]) -> dict[Item, Document]:
    """The items as they are now, of those that the database lets this person see now."""
    reader, wanted = reader_for(person), defaultdict(set)
    for notice in notices:
        wanted[notice.kind].add(notice.item_id)
    allowed = {
        kind: registry.kinds()[kind].visible_ids(reader, ids)
        for kind, ids in wanted.items()
        if kind in registry.kinds()
    }
    return {
        (kind, document.item_id): document
        for kind, ids in allowed.items()
        for document in registry.documents(kind, sorted(ids))[0]
    }


def _sections(notices: list[Notice], seen: dict[Item, Document]) -> list[mails.Section]:
    """What each search brought; an item that several found is shown with the first."""
    by_search: dict[SavedSearch, dict[Item, Document]] = defaultdict(dict)
    taken: set[Item] = set()
    for notice in notices:
        item = (notice.kind, notice.item_id)
        if item not in taken:
            taken.add(item)
            by_search[notice.search][item] = seen[item]
    return [mails.Section(search, list(found.values())) for search, found in by_search.items()]
