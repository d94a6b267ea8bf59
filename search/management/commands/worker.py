"""Feeds the search indexes from the log and does the chores until it is told to stop."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core import chores
from search import readers, worker

# What is under way may end; whatever takes longer is begun anew by the next worker.
GRACE_SECONDS = 15


class Command(BaseCommand):
    help = "Keep every search index current and do what is queued or due beside the requests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when everything is done.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            # Chores ask the indexes what there is, and change what they hold.
            readers.catch_up()
            chores.finish()
            readers.catch_up()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        threads = worker.start(stop)
        stop.wait()
        for thread in threads:
            thread.join(GRACE_SECONDS)
