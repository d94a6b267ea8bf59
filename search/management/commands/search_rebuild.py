"""Builds the indexes anew while the old ones go on answering."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import pool
from search.engines.base import EngineError
from search.rebuilding import rebuild_alone

_WIDTH = 40


class Command(BaseCommand):
    help = "Build the search indexes anew, without a moment in which the search does not answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=pool.NAMES, default="", help="Only this one (default: all).")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = [pool.named(options["engine"])] if options["engine"] else pool.engines()
            for engine in chosen:
                count = rebuild_alone(engine, self._progress)
                self.stdout.write(f"\r{engine.name}: {count} items indexed".ljust(_WIDTH + 20))
        except (EngineError, LookupError) as error:
            raise CommandError(str(error)) from error

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            filled = _WIDTH * done // max(total, 1)
            self.stdout.write(f"\r[{'#' * filled:<{_WIDTH}}] {done}/{total}", ending="")
            self.stdout.flush()
