"""Compares the indexes with the database, item by item, and repairs them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import pool, reconciling
from search.engines.base import EngineError


class Command(BaseCommand):
    help = "Find what an index holds wrongly, too much or not at all, and repair it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=pool.NAMES, default="", help="Only this one (default: all).")
        parser.add_argument("--dry-run", action="store_true", help="Only report.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = [pool.named(options["engine"])] if options["engine"] else pool.engines()
            rows = [reconciling.reconcile(engine, repair=not options["dry_run"]) for engine in chosen]
        except (EngineError, LookupError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for row in rows:
            self.stdout.write(_line(row))


def _line(row: dict[str, Any]) -> str:
    names = ("missing", "superfluous", "mislabelled", "stale")
    found = ", ".join(f"{row[name]} {name}" for name in names)
    return (
        f"{row['engine']}: {row['compared']} compared in {row['seconds']} s; {found}; "
        f"{row['leaks']} shown to more people than may see them; {row['repaired']} repaired"
    )
