"""Finding and repairing what an index got wrong, in spite of everything: every night, or by command."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.events import record
from core.log import Reason
from search import log, pool, readers, reports
from search.comparing import Drift, compare
from search.documents import Tombstone, item_of
from search.engines.base import Engine, EngineError
from search.models import ReaderCursor
from search.rebuilding import rebuild_alone

logger = logging.getLogger(__name__)

# How long repairs that another process applies are waited for.
PATIENCE_SECONDS = 60


def reconcile(engine: Engine, *, repair: bool = True) -> dict[str, Any]:
    """Compare an index with the database and repair it; returns the counts. Raises EngineError.

    A repair is an entry in the log: the reader applies it as any change, leaks before everything else,
    and until it has, no search counts those items.
    """
    started = time.monotonic()
    drift = compare(engine)
    if drift.leaks:
        logger.error("the %s index shows more than it may: %s", engine.name, ", ".join(drift.leaks[:20]))
    findings: dict[str, Any] = {"engine": engine.name, **drift.counts(), "repaired": 0}
    if repair and drift.keys():
        left = _repair(engine, drift)
        findings["repaired"] = len(drift.keys()) - len(left)
    findings["seconds"] = round(time.monotonic() - started, 2)
    _note(engine, findings)
    return findings


def _repair(engine: Engine, drift: Drift) -> list[str]:
    """Repair; returns what still differs afterwards."""
    keys = drift.keys()
    leaks = set(drift.leaks)
    _record((key for key in keys if key in leaks), Reason.AUDIENCE)
    _record((key for key in keys if key not in leaks), Reason.CONTENT)
    strangers = [key for key in keys if item_of(key) is None]
    if strangers:
        engine.apply([Tombstone(key, max(log.head(), drift.newest_version)) for key in strangers])
    _apply(engine)
    left = compare(engine, keys).keys()
    if left or drift.newest_version > log.head():
        # Versions that the log has not reached yet would keep out every change until it has.
        logger.error("the %s index can't be repaired item by item: it is built anew", engine.name)
        rebuild_alone(engine)
        left = compare(engine, keys).keys()
    return left


def _record(keys: Iterable[str], reason: Reason) -> None:
    for batch in log.batches(item for key in keys if (item := item_of(key))):
        with transaction.atomic():
            for kind, item_id in batch:
                record(kind, item_id, reason)


def _apply(engine: Engine) -> None:
    """Have the log read to where the repairs end, by us or by the process that feeds this index."""
    target, ends = log.head(), time.monotonic() + PATIENCE_SECONDS
    while engine.feed().cursor < target:
        if not readers.feed(engine):
            time.sleep(0.1)
        if time.monotonic() > ends:
            raise EngineError("the repairs are in the log, but nobody has applied them yet")


def _note(engine: Engine, findings: dict[str, Any]) -> None:
    ReaderCursor.objects.get_or_create(name=reports.name_of(engine))
    known = ReaderCursor.objects.filter(name=reports.name_of(engine))
    known.update(compared=timezone.now(), findings=findings)


def nightly() -> int:
    """Reconcile what has not been since last night; returns how many indexes that was (a chore)."""
    due = _last_hour(timezone.localtime())
    return 0 if due is None else sum(_reconcile_quietly(engine, due) for engine in pool.engines())


def _last_hour(now: datetime) -> datetime | None:
    """When the last nightly run was due; None if there is none."""
    hour = settings.SEARCH_RECONCILE_HOUR
    if not 0 <= hour <= 23:
        return None
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _reconcile_quietly(engine: Engine, due: datetime) -> int:
    # Whoever sets the time first does it; the others see that it is done.
    rows = ReaderCursor.objects.filter(Q(compared=None) | Q(compared__lt=due), name=reports.name_of(engine))
    if not rows.update(compared=timezone.now()):
        return 0
    try:
        logger.info("reconciled: %s", reconcile(engine))
    except EngineError as error:
        logger.error("the %s index could not be compared: %s", engine.name, error)
    return 1
