"""How the indexes are doing."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import log, pool, reports, state
from search.engines.base import EngineStatus
from search.state import ReaderState


class Command(BaseCommand):
    help = (
        "Show each index: documents, how far it has read the log, its lag, shape and size, and what is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        newest = log.head()
        known = {each.name: each for each in state.states()}
        every = [(engine.status(), known.get(reports.name_of(engine))) for engine in pool.engines()]
        if options["json"]:
            rows = [_row(status, reader, newest) for status, reader in every]
            self.stdout.write(json.dumps(rows, indent=2, default=str))
            return
        for status, reader in every:
            self.stdout.write(_line(status, newest))
            for alarm in reader.alarms if reader else ():
                self.stdout.write(f"  {alarm}")


def _row(status: EngineStatus, reader: ReaderState | None, newest: int) -> dict[str, Any]:
    told = dataclasses.asdict(reader) | {"alarms": reader.alarms} if reader else {"alarms": []}
    told = {name: told[name] for name in told if name not in {"name", "cursor", "lag"}}
    return dataclasses.asdict(status) | {"lag": newest - status.cursor} | told


def _line(status: EngineStatus, newest: int) -> str:
    state = "ready" if status.ready else "needs a rebuild"
    note = f"  ({status.note})" if status.note else ""
    return (
        f"{status.engine}: {state}, {status.documents} documents, read to {status.cursor} of {newest} "
        f"(lag {newest - status.cursor}), shape {status.fingerprint}, {status.size_bytes / 1e6:.1f} MB{note}"
    )
