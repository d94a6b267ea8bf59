"""From the columns of a file to our fields: what is recognised, and a mapping file for the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from library.interchange import schema, words
from library.interchange.formats import frontmatter
from library.interchange.formats.text import read_text
from library.interchange.nearest import fold, nearest, quoted
from library.interchange.problems import InterchangeError, MappingNeededError
from library.interchange.rows import Row
from library.registry import kinds

IGNORE = "ignore"
_MAX_BYTES = 200_000
# A file with more unknown columns than this is something else; the message stays readable.
_SHOWN = 40


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says: fields by folded column name, and values for what is not there."""

    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)

    def field_of(self, column: str, kind: str) -> str | None:
        """Return the field of `kind` that a column means, `ignore`, or None."""
        return self.columns.get(fold(column)) or words.field_of_column(column, kind)


def load_mapping(path: Path) -> Mapping:
    """Return what a mapping file says. Raises InterchangeError with what to do."""
    if not path.is_file():
        raise InterchangeError(_("There is no mapping file “%(path)s”. Check the path.") % {"path": path})
    text, _notes = read_text(path, _MAX_BYTES)
    try:
        content = frontmatter.load(text)
    except frontmatter.FrontMatterError as error:
        message = _("Mapping file %(file)s, line %(line)s: %(what)s")
        raise InterchangeError(message % {"file": path.name, "line": error.line, "what": error}) from error
    columns = content.get("columns") or {}
    defaults = content.get("defaults") or {}
    if not isinstance(columns, dict) or not isinstance(defaults, dict):
        raise InterchangeError(_("The mapping file needs lines “column: field” below `columns:`."))
    rest = {name: value for name, value in content.items() if name not in ("columns", "defaults")}
    return Mapping(_checked(rest | columns), {_field(name): value for name, value in defaults.items()})


def check_columns(rows: Iterable[Row], mapping: Mapping) -> None:
    """Ask for a mapping file when there are columns that nobody recognises; nothing is taken before."""
    unknown: dict[str, Row] = {}
    for row in rows:
        for column in row.values:
            if column not in unknown and not _is_known(column, mapping):
                unknown[column] = row
    if unknown:
        raise MappingNeededError(_message(unknown), list(unknown), example(unknown))


def example(columns: Iterable[str]) -> str:
    """Return a mapping file to copy: every unknown column with the nearest field, or ignored."""
    lines = frontmatter.dump({"columns": {column: _guess(column) for column in columns}})
    comment = _("# Write the field that each column means; “ignore” leaves a column out.")
    return f"{comment}\n{lines}"


def _is_known(column: str, mapping: Mapping) -> bool:
    return fold(column) in mapping.columns or words.is_known_column(column)


def _guess(column: str) -> str:
    near = nearest(column, _all_fields(), 1)
    return near[0] if near and fold(column) else IGNORE


def _message(unknown: dict[str, Row]) -> str:
    first = next(iter(unknown.values()))
    message = _(
        "Nothing was imported: these columns are not known: %(columns)s (first in %(file)s, line %(line)s). "
        "Say what they mean in a mapping file and give it with --mapping FILE. An example to copy:"
    )
    place = {"file": first.file.name, "line": first.line}
    return message % {"columns": quoted(list(unknown)[:_SHOWN]), **place}


def _checked(columns: dict[str, Any]) -> dict[str, str]:
    return {fold(column): _field(str(name)) for column, name in columns.items()}


def _field(name: str) -> str:
    """Return the field that a word of a mapping file means."""
    if fold(name) == IGNORE or name in _all_fields():
        return name.strip().lower() if fold(name) == IGNORE else name
    found = next((f for kind in kinds() if (f := words.field_of_column(name, kind))), None)
    if found is None:
        near = nearest(name, _all_fields()) or list(schema.IDENTITY)
        message = _("The mapping file names a field “%(name)s” that does not exist. Did you mean %(near)s?")
        raise InterchangeError(message % {"name": name, "near": quoted(near)})
    return found


def _all_fields() -> list[str]:
    return list(dict.fromkeys([*(name for kind in kinds() for name in schema.names(kind)), "body"]))
