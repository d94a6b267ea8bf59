"""`manage.py export_library PATH`: the library in files that `import_library` reads back the same."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.models import HomePage
from library.interchange.exporter import Choice, export_path
from library.interchange.formats import WRITERS
from library.interchange.problems import InterchangeError
from library.registry import kinds
from members.audience import ANONYMOUS, Reader, reader_for
from members.audit import notes
from members.models import Person


class Command(BaseCommand):
    """Writes what everybody may see, unless told who is asking."""

    help = "Export case studies and playbooks as Markdown, CSV, XLSX or JSON Lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder (Markdown), or a file .csv, .xlsx, .jsonl")
        parser.add_argument("--format", choices=list(WRITERS), default="", help="else by the path's name")
        parser.add_argument("--municipality", metavar="NAME", default="", help="only of this one")
        parser.add_argument("--kind", choices=list(kinds()), default="", help="only of this kind")
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--as", dest="email", metavar="EMAIL", help="what this person may see")
        who.add_argument("--all", action="store_true", help="everything, also drafts and restricted items")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            choice = Choice(_reader(options), options["municipality"], options["kind"])
            count = export_path(options["path"], options["format"], choice)
        except (InterchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["all"] or options["email"]:
            # What everybody may see is no secret; everything is, and so is what one person may.
            person = {"person": choice.reader.person_id} if choice.reader else {}
            form = options["format"] or "files"
            notes.exported(HomePage.objects.first(), by=None, form=form, count=count, **person)
        self.stdout.write(
            _("Exported %(count)s items to %(path)s.") % {"count": count, "path": options["path"]}
        )


def _reader(options: dict[str, Any]) -> Reader | None:
    if options["all"]:
        return None
    if not options["email"]:
        return ANONYMOUS
    person = Person.objects.filter(email__iexact=options["email"]).first()
    if person is None:
        raise InterchangeError(
            _("Nobody has the address “%(email)s”. Check it.") % {"email": options["email"]}
        )
    return reader_for(person)
