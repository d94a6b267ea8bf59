"""Adds the groups of terms that come with the software."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from search import thesaurus
from search.models import TermGroup


class Command(BaseCommand):
    """Adds what is missing and leaves alone what coordinators may have edited, so it may run again."""

    help = "Add the thesaurus' groups of terms where they are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=thesaurus.DATA, help="CSV with the columns name, english, french."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = set(TermGroup.objects.values_list("name", flat=True))
        missing = [row for row in thesaurus.read_rows(options["file"]) if row["name"] not in known]
        for row in missing:
            TermGroup.objects.create(
                name=row["name"], english=_cell(row, "english"), french=_cell(row, "french")
            )
        self.stdout.write(f"{len(missing)} groups of terms added.")


def _cell(row: dict[str, str], column: str) -> str:
    return "\n".join(thesaurus.split_terms(row[column]))
