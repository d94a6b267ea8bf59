"""JSON Lines: one item on each line, the neutral form as it is."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from library.interchange.formats.text import decode
from library.interchange.problems import InterchangeError, Problem
from library.interchange.records import Record
from library.interchange.rows import Row

MAX_LINE_BYTES = 5 * 1024 * 1024


def read(path: Path) -> Iterator[Row]:
    """Yield the item of each line that has one; a broken line is one broken row."""
    with path.open("rb") as file:
        for number in range(1, 10**9):
            line = file.readline(MAX_LINE_BYTES + 1)
            if not line:
                return
            yield from _read_line(path, number, line)
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                return


def _read_line(path: Path, number: int, line: bytes) -> Iterator[Row]:
    try:
        text, notes = _decode(line, number, path)
        if text.strip():
            yield Row(path, number, _parse(text), notes=notes)
    except (InterchangeError, ValueError) as error:
        yield Row(path, number, problem=Problem("", str(error), number))


def _decode(line: bytes, number: int, path: Path) -> tuple[str, list[str]]:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(
            _("This line is longer than 5 MB. Split the item; the rest of the file was not read.")
        )
    try:
        return line.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return decode(line, f"{path.name}:{number}")


def _parse(text: str) -> Record:
    try:
        value = json.loads(text, object_pairs_hook=_no_twins)
    except RecursionError as error:
        raise ValueError(_("This line is nested too deeply. Make it flatter.")) from error
    except json.JSONDecodeError as error:
        message = _(
            "This line is not valid JSON: %(what)s at character %(at)s. Write one object on each line."
        )
        raise ValueError(message % {"what": error.msg, "at": error.pos + 1}) from error
    if not isinstance(value, dict):
        raise ValueError(_("Write one JSON object, {…}, on each line."))
    return value


def _no_twins(pairs: list[tuple[str, object]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“%(name)s” is there twice. Keep one.") % {"name": twin})
    return found


def write(records: Iterable[Record], path: Path) -> int:
    """Write one line for each record. Return how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count
