"""`manage.py import_library PATH`: Markdown, CSV, XLSX or JSON Lines into the library."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from library.interchange.importer import Options, import_path
from library.interchange.mapping import Mapping, load_mapping
from library.interchange.problems import InterchangeError, MappingNeededError
from library.interchange.progress import progress_bar
from library.interchange.report import Report
from library.registry import kinds
from members.models import Person

# Options that fill in a field which the rows do not give.
_DEFAULTS = ("municipality", "kind", "stage", "language")


class Command(BaseCommand):
    """Takes the good rows and reports the others; run twice, the second run changes nothing."""

    help = "Import case studies and playbooks from Markdown with front matter, CSV, XLSX or JSON Lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a file, or a folder of files")
        parser.add_argument("--mapping", type=Path, help="YAML file: which column is which field")
        parser.add_argument("--municipality", metavar="NAME", help="for rows that name none")
        parser.add_argument("--kind", choices=list(kinds()), help="for rows that name none")
        parser.add_argument("--stage", help="for rows that have none")
        parser.add_argument("--language", choices=["en", "fr"], help="for rows that name none")
        parser.add_argument(
            "--service-area", metavar="NAME", action="append", help="for rows that have none; repeatable"
        )
        parser.add_argument(
            "--create-organisation", action="store_true", help="add the organisation if it is missing"
        )
        parser.add_argument("--drafts", action="store_true", help="do not publish rows that do not say so")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")
        parser.add_argument("--by", metavar="EMAIL", help="whose change this is, for the history")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as .csv or .json")
        parser.add_argument("--strict", action="store_true", help="exit with 1 if a row was refused")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_path(options["path"], self._options(options))
            if options["report"]:
                report.save(options["report"])
        except MappingNeededError as needed:
            raise CommandError(f"{needed}\n\n{needed.example}") from needed
        except (InterchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        self._print(report, options)

    def _options(self, options: dict[str, Any]) -> Options:
        defaults = {name: options[name] for name in _DEFAULTS if options[name]}
        if options["service_area"]:
            defaults["service_areas"] = options["service_area"]
        if options["drafts"]:
            defaults["live"] = False
        mapping = load_mapping(options["mapping"]) if options["mapping"] else Mapping()
        return Options(
            mapping=mapping,
            defaults=defaults,
            create_organisation=options["create_organisation"],
            dry_run=options["dry_run"],
            by=_person(options["by"]),
            progress=progress_bar(self.stderr),
        )

    def _print(self, report: Report, options: dict[str, Any]) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was changed."))
        if options["strict"] and report.refused:
            raise CommandError(_("Some rows were refused."))


def _person(email: str | None) -> Person | None:
    if not email:
        return None
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise InterchangeError(_("Nobody has the address “%(email)s”. Check it.") % {"email": email})
    return person
