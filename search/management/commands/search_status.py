"""How the indexes are doing."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import pool, readers
from search.engines.base import EngineStatus


class Command(BaseCommand):
    help = "Show each index: documents, how far it has read the log, its lag, shape and size."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        newest = readers.head()
        every = [engine.status() for engine in pool.engines()]
        if options["json"]:
            rows = [dataclasses.asdict(status) | {"lag": newest - status.cursor} for status in every]
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for status in every:
            self.stdout.write(_line(status, newest))


def _line(status: EngineStatus, newest: int) -> str:
    state = "ready" if status.ready else "needs a rebuild"
    note = f"  ({status.note})" if status.note else ""
    return (
        f"{status.engine}: {state}, {status.documents} documents, read to {status.cursor} of {newest} "
        f"(lag {newest - status.cursor}), shape {status.fingerprint}, {status.size_bytes / 1e6:.1f} MB{note}"
    )
