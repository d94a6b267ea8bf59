"""How the indexes are doing, from what their readers reported: asks no engine, so it never waits for one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.log import LogEntry
from search import log
from search.models import ParkedItem, ReaderCursor

# Nobody need worry about a change that waits for less.
WAITING = timedelta(seconds=60)


@dataclass(frozen=True)
class ReaderState:
    """One index: how far behind it is, and what is wrong with it."""

    name: str
    cursor: int
    lag: int
    waiting_since: datetime | None
    heard_of: datetime
    trouble: str
    trouble_since: datetime | None
    parked: int
    compared: datetime | None
    findings: dict[str, Any]

    @property
    def alarms(self) -> list[str]:
        """What somebody must look after, in the language of the interface."""
        now = timezone.now()
        late = self.waiting_since is not None and now - self.waiting_since > WAITING
        found = [
            (bool(self.trouble), _("The index can’t be fed: %(error)s") % {"error": self.trouble}),
            (late and not self.trouble, _("Changes have been waiting for more than a minute. Is the worker running?")),
            (self.parked > 0, _("Some items can’t be indexed, so nobody finds them.")),
            (bool(self.findings.get("leaks")), _("The last comparison found items shown to too many people.")),
        ]  # fmt: skip
        return [text for wrong, text in found if wrong]


def states() -> list[ReaderState]:
    """Every index that was ever heard of."""
    newest = log.head()
    return [_state(reader, newest) for reader in ReaderCursor.objects.order_by("name")]


def _state(reader: ReaderCursor, newest: int) -> ReaderState:
    waiting = LogEntry.objects.filter(seq__gt=reader.cursor).order_by("seq")
    return ReaderState(
        name=reader.name,
        cursor=reader.cursor,
        lag=max(newest - reader.cursor, 0),
        waiting_since=waiting.values_list("created", flat=True).first(),
        heard_of=reader.updated,
        trouble=reader.trouble,
        trouble_since=reader.trouble_since,
        parked=ParkedItem.objects.filter(reader=reader.name).count(),
        compared=reader.compared,
        findings=reader.findings,
    )
