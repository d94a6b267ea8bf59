"""CSV and XLSX: one item in each row below a row of column names. An empty cell says nothing."""

import csv
import datetime
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell

from library.interchange.formats import cells
from library.interchange.formats.text import read_text
from library.interchange.problems import InterchangeError, Problem
from library.interchange.records import Record
from library.interchange.rows import Row

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 100_000
_BOM = "\ufeff"
Line = tuple[int, list[str]]


def read_csv(path: Path) -> Iterator[Row]:
    """Yield the items of a CSV file; comma, semicolon and tab are recognised."""
    text, notes = read_text(path, MAX_BYTES)
    for row in _items(path, _csv_lines(path, text)):
        row.notes += notes
        yield row


def read_xlsx(path: Path) -> Iterator[Row]:
    """Yield the items of a workbook's first sheet."""
    yield from _items(path, _xlsx_lines(path))


def write_csv(records: Iterable[Record], path: Path) -> int:
    """Write records as CSV that spreadsheets open with their accents. Return how many."""
    names, rows = _spread(records)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_BOM)
        writer = csv.DictWriter(file, names, lineterminator="\r\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def write_xlsx(records: Iterable[Record], path: Path) -> int:
    """Write records as a workbook of one sheet, every cell a text. Return how many."""
    names, rows = _spread(records)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Library")
    sheet.append(names)
    for row in rows:
        sheet.append([_text_cell(sheet, row.get(name, "")) for name in names])
    book.save(path)
    return len(rows)


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"
    return cell


def _spread(records: Iterable[Record]) -> tuple[list[str], list[dict[str, str]]]:
    rows = []
    for record in records:
        row: dict[str, str] = {}
        for name, value in record.items():
            row |= cells.spread(name, cells.to_text(value))
        rows.append(row)
    names = dict.fromkeys(name for row in rows for name in row)
    return list(names), rows


def _items(path: Path, lines: Iterator[Line]) -> Iterator[Row]:
    number, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    _check_header(path, names)
    for number, values in lines:
        if number > MAX_ROWS:
            raise InterchangeError(_("More than %(limit)s rows. Split the file.") % {"limit": MAX_ROWS})
        if any(value.strip() for value in values):
            yield _item(path, number, names, values)


def _check_header(path: Path, names: list[str]) -> None:
    if not any(names):
        message = _("%(file)s: the first row must have the names of the columns; it is empty.")
        raise InterchangeError(message % {"file": path.name})
    twins = sorted({name for name in names if name and names.count(name) > 1})
    if twins:
        message = _("%(file)s: the column “%(name)s” is there twice. Rename or remove one.")
        raise InterchangeError(message % {"file": path.name, "name": twins[0]})


def _item(path: Path, number: int, names: list[str], values: list[str]) -> Row:
    extra = [value for value in values[len(names) :] if value.strip()]
    stray = [value for name, value in zip(names, values, strict=False) if not name and value.strip()]
    if extra or stray:
        message = _(
            "There is a value without a column name: “%(value)s”. Check the separators and quotation marks."
        )
        problem = Problem("", message % {"value": (extra or stray)[0][:60]}, number)
        return Row(path, number, problem=problem)
    found = {name: value for name, value in zip(names, values, strict=False) if name and value != ""}
    return cells.gather(Row(path, number, dict(found)))


def _csv_lines(path: Path, text: str) -> Iterator[Line]:
    csv.field_size_limit(min(sys.maxsize, MAX_BYTES))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for values in reader:
            yield start, values
            start = reader.line_num + 1
    except csv.Error as error:
        message = _("%(file)s, row that begins in line %(line)s: the quotation marks do not match (%(why)s).")
        raise InterchangeError(message % {"file": path.name, "line": start, "why": error}) from error


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _xlsx_lines(path: Path) -> Iterator[Line]:
    _check_archive(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_cell_text(value) for value in values]
        book.close()
    except InterchangeError:
        raise
    except Exception as error:
        # openpyxl and its parsers raise whatever they meet in a damaged or hostile file.
        raise _unreadable(path) from error


def _check_archive(path: Path) -> None:
    if path.stat().st_size > MAX_BYTES:
        raise InterchangeError(_("%(file)s is larger than 50 MB. Split it.") % {"file": path.name})
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _unreadable(path) from error
    if unpacked > MAX_UNPACKED:
        raise InterchangeError(_("%(file)s unpacks to more than 300 MB. Split it.") % {"file": path.name})


def _unreadable(path: Path) -> InterchangeError:
    message = _(
        "%(file)s is not a readable XLSX workbook. Open it in a spreadsheet and save it again, or as CSV."
    )
    return InterchangeError(message % {"file": path.name})


def _cell_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat().removesuffix("T00:00:00")
    return "" if value is None else str(value)
