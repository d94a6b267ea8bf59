"""Taking rows into the library: each in a transaction of its own, the good ones taken, the bad ones reported.

A row that says nothing new writes nothing: no revision, no log entry.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from library.interchange import formats
from library.interchange.context import Reading
from library.interchange.mapping import Mapping, check_columns
from library.interchange.organisations import ensure_organisation
from library.interchange.prepare import EXAMPLES, Prepared, prepare
from library.interchange.problems import InterchangeError, Problem, RowRefusedError
from library.interchange.report import REFUSED, Outcome, Report
from library.interchange.rows import Row
from library.interchange.taking import MissingReferenceError, take

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """How to import. `defaults` fill in what the rows do not say, by field."""

    mapping: Mapping = field(default_factory=Mapping)
    defaults: dict[str, Any] = field(default_factory=dict)
    create_organisation: bool = False
    dry_run: bool = False
    by: Any = None
    progress: Progress | None = None


def import_path(path: Path, options: Options | None = None) -> Report:
    """Import a file or folder. Raises InterchangeError, before anything is taken, if it cannot be used."""
    options = options or Options()
    files = formats.sources(path)
    rows = list(formats.read(files))
    check_columns(rows, options.mapping)
    if not rows:
        raise InterchangeError(_("There is no item in “%(path)s”.") % {"path": path})
    folder = path if path.is_dir() else path.parent
    with transaction.atomic() if options.dry_run else nullcontext():
        report = import_rows(rows, folder, options)
        if options.dry_run:
            transaction.set_rollback(True)
    return report


def import_rows(rows: list[Row], folder: Path, options: Options) -> Report:
    """Import rows that were read already; files that they refer to are looked for in `folder`."""
    return _Run(folder, options, len(rows)).all(rows)


class _Run:
    """One import: what is known during it, and the outcome of each row."""

    def __init__(self, folder: Path, options: Options, total: int) -> None:
        self.options = options
        self.reading = Reading(folder)
        self.total = total
        self.outcomes: dict[int, Outcome] = {}
        self.seen: dict[int, Row] = {}

    def all(self, rows: Iterable[Row]) -> Report:
        waiting = [(place, row) for place, row in enumerate(rows)]
        # Rows that refer to others of the same file wait for these; circles are cut in the end.
        while waiting and len(left := self._round(waiting)) < len(waiting):
            waiting = left
        for circle in (self._without_references, self._round, self._give_up):
            waiting = circle(waiting) if waiting else []
        return Report([self.outcomes[place] for place in sorted(self.outcomes)])

    def _round(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        return [(place, row) for place, row in rows if not self._one(place, row)]

    def _without_references(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        coming = {str(row.values.get("identifier")) for _place, row in rows}
        for place, row in rows:
            self._one(place, row, leave_out=coming)
        return rows

    def _give_up(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        for place, row in rows:
            self._one(place, row, last=True)
        return []

    def _one(self, place: int, row: Row, leave_out: set[str] | None = None, last: bool = False) -> bool:
        """Take one row. False where it refers to an item that is not there yet."""
        earlier = self.outcomes.get(place)
        try:
            outcome = self._take(prepare(row, self.options.mapping, self.options.defaults), leave_out)
        except MissingReferenceError as missing:
            if not last:
                return False
            outcome = _refused(row, missing.problems)
        except RowRefusedError as refused:
            outcome = _refused(row, refused.problems)
        made_here = earlier is not None and earlier.outcome != REFUSED and outcome.outcome != REFUSED
        self.outcomes[place] = earlier if made_here and earlier else outcome
        self._tell()
        return True

    def _take(self, prepared: Prepared, leave_out: set[str] | None) -> Outcome:
        self._prepare_organisation(prepared)
        try:
            with transaction.atomic():
                page, outcome = take(prepared, self.reading, by=self.options.by, leave_out=leave_out or set())
                self._refuse_twin(page.pk, prepared)
                self.reading.files.belong_to(page.municipality)
        except RowRefusedError:
            self.reading.files.discard()
            raise
        self._settle_files()
        return _taken(prepared, page, outcome)

    def _settle_files(self) -> None:
        if self.options.dry_run:
            self.reading.files.discard()
        self.reading.files.keep()

    def _prepare_organisation(self, prepared: Prepared) -> None:
        name = str(prepared.record.get("municipality") or "")
        wanted = bool(name) and (self.options.create_organisation or name == EXAMPLES)
        if wanted and ensure_organisation(name, by=self.options.by):
            self.reading.forget_municipalities()

    def _refuse_twin(self, pk: int, prepared: Prepared) -> None:
        first = self.seen.setdefault(pk, prepared.row)
        if first is not prepared.row:
            message = _(
                "This is the same item as in %(file)s, line %(line)s. Give each its own identifier or title."
            )
            place = {"file": first.file.name, "line": first.line}
            raise RowRefusedError([prepared.problem("identifier", message % place)])

    def _tell(self) -> None:
        if self.options.progress:
            self.options.progress(len(self.outcomes), self.total)


def _refused(row: Row, problems: list[Problem]) -> Outcome:
    title = row.values.get("title", "")
    return Outcome(row.file.name, row.line, REFUSED, title=str(title)[:80], problems=tuple(problems))


def _taken(prepared: Prepared, page: Any, outcome: str) -> Outcome:
    row = prepared.row
    return Outcome(
        row.file.name, row.line, outcome, page.kind, page.identifier, page.title, notes=tuple(prepared.notes)
    )
