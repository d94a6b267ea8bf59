"""What people looked for and nobody has shared yet: the words and how often, never who."""

import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import WantedSearch
from search.syntax import parse
from search.text import fold, words
from search.values import ResultPage

logger = logging.getLogger(__name__)

MAX_LENGTH = 120
# Past this, a new query takes the place of the oldest that was asked once.
MAX_ROWS = 5_000
# An address or a number of seven digits says who asked, or about whom.
_PERSONAL = re.compile(r"@|\d(?:[ .()-]*\d){6}")


def normalised(text: str) -> str:
    """The words that count, the same for every way to type them; empty for what is not kept."""
    if _PERSONAL.search(text):
        return ""
    return " ".join(words(fold(parse(text).words)))[:MAX_LENGTH].strip()


def note(found: ResultPage) -> None:
    """Count a search that found nothing. Never fails: the reader's page matters more."""
    asked = found.request
    query = normalised(asked.text)
    if found.total or found.limited or asked.is_narrowed or not query:
        return
    try:
        with transaction.atomic():
            _count(query)
    except DatabaseError as error:
        logger.warning("a wanted search was not counted: %s", error)


def _count(query: str) -> None:
    known = WantedSearch.objects.filter(query=query)
    if not known.update(count=F("count") + 1, last_seen=timezone.now()):
        _make_room()
        WantedSearch.objects.create(query=query)


def _make_room() -> None:
    if WantedSearch.objects.count() >= MAX_ROWS:
        oldest = WantedSearch.objects.order_by("count", "last_seen").first()
        if oldest:
            oldest.delete()
