"""What editors set for a day: revisions that go live, pages that come down. The worker does it when the day has come."""

import logging
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)

BATCH = 20


def keep_days() -> int:
    """Publish and take down some of what is due; returns how much that was.

    Wagtail's own `publish_scheduled` does the same and may run besides. It is not called here because it has no
    transactions: a page would be there before the log says so, and one that fails would hold up all that come after it.
    What is due on both ends comes down at once: it is published first.
    """
    return _each(_due(), _publish) + _each(_expired(), _take_down)


def _due() -> list[int]:
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
    return list(due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True))


def _expired() -> list[int]:
    past = Page.objects.live().filter(expire_at__lt=timezone.now())
    return list(past.order_by("expire_at", "pk").values_list("pk", flat=True))


def _each(keys: list[int], act: Callable[[int], int]) -> int:
    """Do so many of them. What fails is passed over, for else a few such would hold up all others for good."""
    done = (_tried(partial(act, pk)) for pk in keys)
    return sum(islice((count for count in done if count), BATCH))


def _tried(act: Callable[[], int]) -> int:
    """Do one in a transaction of its own. What fails is tried again in the next round, and counts as nothing done."""
    try:
        with transaction.atomic():
            return act()
    except Exception:
        logger.exception("what was set for a day could not be done: %s", act)
        return 0


def _publish(pk: int) -> int:
    found = Revision.page_revisions.filter(pk=pk).first()
    if found is None or not _locked(found.object_id):
        return 0
    # Somebody may have published, moved or cancelled it while we waited for the page.
    due: Any = Revision.page_revisions.filter(pk=pk, approved_go_live_at__lt=timezone.now()).first()
    if due is None:
        return 0
    due.publish(log_action="wagtail.publish.scheduled")
    return 1


def _take_down(pk: int) -> int:
    if not _locked(pk):
        return 0
    page = Page.objects.live().filter(pk=pk, expire_at__lt=timezone.now()).specific().first()
    if page is None:
        return 0
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1


def _locked(pk: Any) -> bool:
    """Hold the page until the transaction ends; whether there is one."""
    return Page.objects.select_for_update().filter(pk=pk).exists()
