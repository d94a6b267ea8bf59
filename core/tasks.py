"""Tasks that were queued with a transaction, Wagtail's own among them, done by our worker."""

import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

BATCH = 20
# Longer than any task of ours may take; one that still runs then was cut off with its process.
LOST_AFTER = timedelta(minutes=15)
KEEP_DAYS = 7
# A task that took so many workers with it is not given to another.
MOST_WORKERS = 3


# Mail waits for somebody else's server, so it is sent in a lane of its own.
MAIL = "mail"


def run_ready() -> int:
    """Run the next few queued tasks, but mail, in this thread; returns how many were waiting."""
    return _run(DBTaskResult.objects.exclude(queue_name=MAIL), ["*"], [MAIL])


def run_mail() -> int:
    """Send the next few mails that were queued, and forget what they said; returns how many were waiting."""
    done = _run(DBTaskResult.objects.filter(queue_name=MAIL), [MAIL], [])
    if done:
        _forget_mail()
    return done


def _forget_mail() -> None:
    # What a mail was made from may hold a link that lets somebody in: it is kept only until the mail has left.
    DBTaskResult.objects.finished().filter(queue_name=MAIL).delete()


def _run(tasks: Any, queues: list[str], excluded: list[str]) -> int:
    if not _are_queued():
        return 0
    waiting: int = tasks.ready().count()
    if waiting:
        _worker(queues, excluded).run()
    return min(waiting, BATCH)


def _are_queued() -> bool:
    """Whether tasks wait in the database; tests run them at once."""
    return "django_tasks_db" in settings.TASKS["default"]["BACKEND"]


def _worker(queues: list[str], excluded: list[str]) -> Worker:
    return Worker(
        queue_names=queues,
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=BATCH,
        worker_id=f"{socket.gethostname()}-{os.getpid()}"[:32],
        excluded_queue_names=excluded,
    )


def _queue_again(task: DBTaskResult) -> int:
    if len(task.worker_ids) >= MOST_WORKERS:
        logger.error(
            "the task %s never ends (%d tries) and is given up", task.task_path, len(task.worker_ids)
        )
        task.set_failed(RuntimeError("its workers ended before it did"))
        return 0
    running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
    return running.update(status=TaskResultStatus.READY, started_at=None)


def tidy() -> int:
    """Queue again what a killed worker had begun; forget what was done a week ago."""
    if not _are_queued():
        return 0
    # Of a worker that died between a mail and this.
    _forget_mail()
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST_AFTER)
    again = sum(_queue_again(task) for task in lost)
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
    return again
