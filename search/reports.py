"""What the readers of the log say about themselves: progress, trouble, and since when."""

import logging
import socket
from datetime import timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from search.engines.base import Engine, EngineBlocked
from search.models import ReaderCursor

logger = logging.getLogger(__name__)

# A reader with nothing to do says this often that it lives.
HEARTBEAT = timedelta(seconds=30)
# Trouble that lasts this long is no hiccup.
PATIENCE = timedelta(seconds=30)


def name_of(engine: Engine) -> str:
    """The reader's name. Every host has an embedded index of its own."""
    return f"{engine.name}@{socket.gethostname()}" if engine.name == "embedded" else engine.name


def progress(engine: Engine, cursor: int) -> None:
    """Note how far an index has read the log. Trouble, if there was any, is over."""
    ReaderCursor.objects.update_or_create(
        name=name_of(engine), defaults={"cursor": cursor, "trouble": "", "trouble_since": None}
    )


def alive(engine: Engine, cursor: int) -> None:
    """Note now and then that a reader with nothing to do is there."""
    known = ReaderCursor.objects.filter(name=name_of(engine)).first()
    stale = known is None or known.updated < timezone.now() - HEARTBEAT
    if known is None or stale or known.trouble or known.cursor != cursor:
        progress(engine, cursor)


def trouble(engine: Engine, error: Exception) -> None:
    """Note that an index can't be fed; an alarm in the log when it lasts or needs somebody's hand."""
    now = timezone.now()
    known, _ = ReaderCursor.objects.get_or_create(name=name_of(engine))
    since = known.trouble_since or now
    # Not with save(): a reader in trouble has not been heard of, which pruning wants to know.
    ReaderCursor.objects.filter(pk=known.pk).update(trouble=str(error)[:2_000], trouble_since=since)
    grave = isinstance(error, EngineBlocked) or now - since >= PATIENCE
    level = logging.ERROR if grave else logging.WARNING
    logger.log(
        level,
        "the %s index could not be fed since %s: %s",
        engine.name,
        since.isoformat("T", "seconds"),
        error,
    )


def passed() -> int:
    """What every reader that was heard of lately has read; a reader that was not must rebuild its index."""
    lately = timezone.now() - timedelta(days=settings.LOG_KEEP_DAYS)
    readers = ReaderCursor.objects.filter(updated__gte=lately)
    return int(readers.aggregate(least=Min("cursor"))["least"] or 0)
