"""Tasks that were queued with a transaction, Wagtail's own among them, done by our worker."""

import os
import socket
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

BATCH = 20
# Longer than any task of ours may take; one that still runs then was cut off with its process.
LOST_AFTER = timedelta(minutes=15)
KEEP_DAYS = 7


def run_ready() -> int:
    """Run the next few queued tasks in this thread; returns how many were waiting."""
    if not _are_queued():
        return 0
    waiting = DBTaskResult.objects.ready().count()
    if waiting:
        _worker().run()
    return min(waiting, BATCH)


def _are_queued() -> bool:
    """Whether tasks wait in the database; tests run them at once."""
    return "django_tasks_db" in settings.TASKS["default"]["BACKEND"]


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=BATCH,
        worker_id=f"{socket.gethostname()}-{os.getpid()}"[:32],
        excluded_queue_names=[],
    )


def tidy() -> int:
    """Queue again what a killed worker had begun; forget what was done a week ago."""
    if not _are_queued():
        return 0
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST_AFTER)
    again = lost.update(status=TaskResultStatus.READY, started_at=None)
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
    return again
