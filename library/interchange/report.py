"""What became of each row."""

import csv
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from library.interchange.problems import InterchangeError, Problem

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
_COLUMNS = ("file", "line", "outcome", "kind", "identifier", "title", "field", "message")


@dataclass(frozen=True)
class Outcome:
    """What became of one row, with what is wrong with it or worth knowing."""

    file: str
    line: int
    outcome: str
    kind: str = ""
    identifier: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Report:
    """The outcomes of a run, in the order of the rows."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many rows had each outcome."""
        return Counter(outcome.outcome for outcome in self.outcomes)

    @property
    def refused(self) -> list[Outcome]:
        """The rows that were not taken."""
        return [outcome for outcome in self.outcomes if outcome.outcome == REFUSED]

    def lines(self) -> list[str]:
        """The report for a terminal: what was refused and why, what was decided, and the sums."""
        refused = [line for outcome in self.refused for line in _refusal_lines(outcome)]
        notes = Counter(note for outcome in self.outcomes for note in outcome.notes)
        noted = [f"{_('note')}{_(': ')}{note} ({count})" for note, count in notes.items()]
        return [*refused, *noted, self.summary()]

    def summary(self) -> str:
        """One sentence with the sums."""
        message = _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.")
        names = (CREATED, UPDATED, UNCHANGED, REFUSED)
        return message % {name: self.counts[name] for name in names}

    def save(self, path: Path) -> None:
        """Write the report as CSV or JSON, by the end of the file's name."""
        if path.suffix.lower() == ".json":
            content = [asdict(outcome) for outcome in self.outcomes]
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        elif path.suffix.lower() == ".csv":
            self._save_csv(path)
        else:
            raise InterchangeError(_("Give the report a name that ends in .csv or .json."))

    def _save_csv(self, path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS)
            writer.writeheader()
            for outcome in self.outcomes:
                writer.writerows(_csv_rows(outcome))


def _refusal_lines(outcome: Outcome) -> list[str]:
    return [
        _("%(file)s, line %(line)s: refused: %(what)s")
        % {"file": outcome.file, "line": problem.line or outcome.line, "what": _with_field(problem)}
        for problem in outcome.problems
    ]


def _with_field(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message


def _csv_rows(outcome: Outcome) -> list[dict[str, Any]]:
    from library.interchange.formats.cells import escape

    base = {name: getattr(outcome, name, "") for name in _COLUMNS[:6]}
    said = [(problem.field, problem.message, problem.line) for problem in outcome.problems]
    said += [("", note, None) for note in outcome.notes]
    rows = [
        base | {"field": name, "message": message, "line": line or outcome.line}
        for name, message, line in said or [("", "", None)]
    ]
    return [{name: escape(str(value)) for name, value in row.items()} for row in rows]
