"""The file formats by the end of a file's name."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from library.interchange.files import FOLDER
from library.interchange.formats import jsonlines, markdown, table
from library.interchange.problems import InterchangeError
from library.interchange.records import Record
from library.interchange.rows import Row

READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".csv": table.read_csv,
    ".tsv": table.read_csv,
    ".xlsx": table.read_xlsx,
    ".jsonl": jsonlines.read,
    ".ndjson": jsonlines.read,
}
WRITERS: dict[str, Callable[[Iterable[Record], Path], int]] = {
    "markdown": markdown.write,
    "csv": table.write_csv,
    "xlsx": table.write_xlsx,
    "jsonl": jsonlines.write,
}


def sources(path: Path) -> list[Path]:
    """Return the files to read: the one given, or all of a folder that have a known format."""
    if path.is_dir():
        below = (file for file in path.rglob("*") if FOLDER not in file.relative_to(path).parts[:-1])
        found = sorted(file for file in below if file.suffix.lower() in READERS and file.is_file())
        found = [file for file in found if not file.name.startswith((".", "~"))]
    else:
        found = [path] if path.is_file() else []
    _check(path, found)
    return found


def read(files: Iterable[Path]) -> Iterator[Row]:
    """Yield the rows of all files."""
    for file in files:
        yield from READERS[file.suffix.lower()](file)


def _check(path: Path, found: list[Path]) -> None:
    kinds = ", ".join(READERS)
    if not path.exists():
        raise InterchangeError(_("There is no file or folder “%(path)s”. Check the path.") % {"path": path})
    if not found:
        raise InterchangeError(
            _("“%(path)s” has no file that ends in %(kinds)s.") % {"path": path, "kinds": kinds}
        )
    if found[0].suffix.lower() not in READERS:
        message = _("“%(path)s” is in no known format. Save it so that its name ends in one of %(kinds)s.")
        raise InterchangeError(message % {"path": path, "kinds": kinds})
