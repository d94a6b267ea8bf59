"""Writing the library out: what a reader may see, or everything, in any of the formats."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from library.interchange.context import Reading, Writing
from library.interchange.formats import WRITERS
from library.interchange.problems import InterchangeError, Refusal
from library.interchange.records import Record, to_record
from library.registry import kinds
from members.audience import ANONYMOUS, Audience, Reader

_SUFFIXES = {"csv": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl"}


@dataclass(frozen=True)
class Choice:
    """What to export. Without a reader, everything: drafts too, and notes of every audience."""

    reader: Reader | None = ANONYMOUS
    municipality: str = ""
    kind: str = ""


def export_path(path: Path, file_format: str = "", choice: Choice | None = None) -> int:
    """Write items to a file (Markdown: a folder), files that they show beside it. Return how many."""
    file_format = file_format or format_of(path)
    target = _target(path, file_format)
    folder = target if file_format == "markdown" else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    return WRITERS[file_format](records(choice or Choice(), folder), target)


def records(choice: Choice, folder: Path | None = None) -> Iterator[Record]:
    """Yield the records of what was chosen, in the order of the tree."""
    writing = Writing(choice.reader, folder)
    for page in _items(choice):
        yield _seen_by(choice.reader, page, to_record(page, writing))


def format_of(path: Path) -> str:
    """Return the format that a path's name says: Markdown for a folder."""
    found = {suffix: name for name, suffix in _SUFFIXES.items()}.get(path.suffix.lower())
    if found is None and path.suffix:
        message = _("“%(path)s”: give --format, or a name that ends in .csv, .xlsx or .jsonl.")
        raise InterchangeError(message % {"path": path})
    return found or "markdown"


def _target(path: Path, file_format: str) -> Path:
    if file_format == "markdown":
        if path.is_file():
            raise InterchangeError(
                _("“%(path)s” is a file; Markdown is written to a folder.") % {"path": path}
            )
        return path
    is_folder = path.is_dir() or not path.suffix
    return path / f"library{_SUFFIXES[file_format]}" if is_folder else path


def _items(choice: Choice) -> Iterator[Any]:
    where = {"municipality": _municipality(choice.municipality)} if choice.municipality else {}
    for kind, model in kinds().items():
        if choice.kind and kind != choice.kind:
            continue
        found = model.objects.filter(**where).select_related("municipality").order_by("path")
        found = found if choice.reader is None else found.visible_to(choice.reader)
        for page in found.iterator(chunk_size=200):
            yield page if page.live or not page.latest_revision_id else page.get_latest_revision_as_object()


def _municipality(name: str) -> Any:
    try:
        return Reading(Path()).municipality(name)
    except Refusal as refusal:
        raise InterchangeError(str(refusal)) from refusal


def _seen_by(reader: Reader | None, page: Any, record: Record) -> Record:
    """Empty the fields that have a narrower audience of their own."""
    if reader is None or reader.sees_everything:
        return record
    labels = {str(Audience.MUNICIPALITY): f"municipality:{page.municipality_id}"}
    for name, audience_field in type(page).restricted_fields.items():
        audience = record[audience_field]
        if labels.get(audience, audience) not in reader.labels:
            record[name] = ""
    return record
