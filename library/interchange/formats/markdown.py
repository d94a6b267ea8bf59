"""Markdown with front matter: one item in one file, its prose under headings of level 2.

The body before the first heading that names a field is `body`. Prose that would not read back
the same from the body (it has such a heading itself, or unusual white space) goes into the
front matter instead.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from library.interchange import schema, words
from library.interchange.formats import frontmatter
from library.interchange.formats.text import read_text
from library.interchange.problems import InterchangeError, Problem
from library.interchange.records import Record
from library.interchange.rows import Row

MAX_BYTES = 5 * 1024 * 1024
BODY = "body"
_FENCE = "---"
_UNSAFE_NAME = re.compile(r"[^a-z0-9-]+")


def read(path: Path) -> Iterator[Row]:
    """Yield the one item of a file."""
    try:
        text, notes = read_text(path, MAX_BYTES)
    except InterchangeError as error:
        yield Row(path, 1, problem=Problem("", str(error), 1))
        return
    row = parse(text, path)
    row.notes += notes
    yield row


def parse(text: str, path: Path) -> Row:
    """Return the item that a text describes, or a row with what is wrong with it."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or end is None:
        message = _(
            "There is no front matter. Begin the file with a line “---”, lines like “title: …” "
            "and another line “---”."
        )
        return Row(path, 1, problem=Problem("", message, 1))
    try:
        values = frontmatter.load("\n".join(lines[1:end]) + "\n")
    except frontmatter.FrontMatterError as error:
        return Row(path, 1, problem=Problem("", str(error), error.line + 1))
    row = Row(path, 1, values, _key_lines(lines[:end]), has_sections=True)
    return _with_body(row, "\n".join(lines[end + 1 :]), end + 2)


def _key_lines(lines: list[str]) -> dict[str, int]:
    found = (re.match(r"[\"']?([^\s\"'#-][^:\"']*)[\"']?\s*:", line) for line in lines)
    return {match[1]: number for number, match in enumerate(found, start=1) if match}


def _with_body(row: Row, body: str, first: int) -> Row:
    if body.strip() and BODY in row.values:
        message = _("“%(name)s” is in the front matter and in the text. Keep one.")
        row.problem = Problem(BODY, message % {"name": BODY}, first)
    elif body.strip():
        row.values[BODY] = body
        row.lines[BODY] = first
    return row


def sections(body: str, kind: str) -> dict[str, tuple[str, int]]:
    """Return the prose under each heading that names a field of `kind`, with the place of its heading.

    What stands before the first of them is `body`.
    """
    lines = body.split("\n")
    starts = [(BODY, -1)]
    for number, line in enumerate(lines):
        name = words.field_of_heading(line[3:], kind) if line.startswith("## ") else None
        if name and name not in dict(starts):
            starts.append((name, number))
    ends = [number for _name, number in starts[1:]] + [len(lines)]
    parts = {
        name: ("\n".join(lines[start + 1 : end]).strip("\n"), max(start, 0))
        for (name, start), end in zip(starts, ends, strict=True)
    }
    return {name: (text, line) for name, (text, line) in parts.items() if text.strip()}


def write(records: Iterable[Record], path: Path) -> int:
    """Write one file for each record into the folder `path`. Return how many."""
    path.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for count, record in enumerate(records):  # noqa: B007 -- counted on purpose
        name = file_name(record, taken)
        (path / name).write_text(to_text(record), encoding="utf-8", newline="")
    return len(taken)


def file_name(record: Record, taken: set[str]) -> str:
    """Return a file name for a record that works on every system and is not taken yet."""
    identifier = record["identifier"]
    name = _UNSAFE_NAME.sub("-", identifier.casefold()).strip("-")
    if name != identifier or name in taken:
        name = f"{name}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"
    taken.add(name)
    return f"{name}.md"


def to_text(record: Record) -> str:
    """Return a record as Markdown with front matter. Empty fields are left out."""
    filled = {name: value for name, value in record.items() if value not in ("", None, [])}
    body = {
        n: filled[n]
        for n in schema.prose(record["kind"])
        if n in filled and _fits_body(filled[n], record["kind"])
    }
    front = {name: value for name, value in filled.items() if name not in body}
    sections = "".join(f"\n## {words.heading(n, record)}\n\n{text}\n" for n, text in body.items())
    return f"{_FENCE}\n{frontmatter.dump(front)}{_FENCE}\n{sections}"


def _fits_body(text: Any, kind: str) -> bool:
    lines = text.split("\n")
    odd = any(c in text for c in "\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e")
    clash = any(line.startswith("## ") and words.field_of_heading(line[3:], kind) for line in lines)
    return not odd and not clash and text == text.strip("\n") and bool(text.strip())
