"""The worker's part: one link after the other, no more in an hour than the settings allow."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from library.links import turns
from library.links.asking import Verdict
from library.links.models import DAYS_IN_TROUBLE, OutboundLink, State, again_soon
from library.links.visiting import Finding, visit

# A check that is broken off is made up for after this time.
_CLAIM = timedelta(days=1)
# Trouble counts while some link worked within this time: no longer than it takes for trouble to break a link.
_WITNESS = timedelta(days=DAYS_IN_TROUBLE)


def check_next() -> int:
    """Check the link that has waited longest; returns 0 when there is none to check now."""
    if not settings.LINK_CHECK:
        return 0
    now = timezone.now()
    if OutboundLink.objects.asked_since(now - timedelta(hours=1)) >= settings.LINK_CHECK_PER_HOUR:
        return 0
    url = _claim(now)
    if url is None:
        turns.forget()
        return 0
    # Outside of any transaction: servers may be slow.
    write_down(url, visit(url))
    return 1


def _claim(now: datetime) -> str | None:
    """An address that is due and that no other process has taken."""
    url = OutboundLink.objects.due(now).values_list("url", flat=True).first()
    if url is None:
        return None
    same = OutboundLink.objects.filter(url=url)
    ours = same.filter(due__lte=now).update(last_checked=now, due=now + _CLAIM)
    return url if ours else None


@transaction.atomic
def write_down(url: str, finding: Finding) -> None:
    """Note what became of an address, for each page that has it."""
    now = timezone.now()
    if finding.verdict == Verdict.TROUBLE and not OutboundLink.objects.worked_since(now - _WITNESS):
        # Nobody answers: more likely our own way out is closed.
        finding = Finding(Verdict.UNKNOWN)
    rows = OutboundLink.objects.select_for_update().filter(url=url)
    if finding.verdict == Verdict.WORKS:
        due = now + timedelta(days=settings.LINK_CHECK_DAYS)
        rows.update(
            state=State.WORKS, failures=0, first_failed=None, last_failed=None, last_checked=now, due=due
        )
    elif finding.verdict == Verdict.UNKNOWN:
        rows.update(state=State.UNKNOWN, last_checked=now, due=now + max(finding.rest, again_soon()))
    else:
        for link in rows:
            link.failed(now, gone=finding.verdict == Verdict.GONE)
            link.last_checked = now
            link.save()
