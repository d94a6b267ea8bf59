"""Feeds the search indexes from the log until it is told to stop."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import readers, worker


class Command(BaseCommand):
    help = "Read the log and keep every search index current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop at the end of the log.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            readers.catch_up()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        worker.run(stop)
