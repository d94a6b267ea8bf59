"""The process that reads one file: `python child.py FORMAT < file > text`. Knows nothing of the site.

It limits its own memory, time and output before it touches the file. A file that breaks a reader,
or the process, costs that one text and nothing else.
"""

import io
import re
import resource
import sys
from collections.abc import Callable, Iterator

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
MAX_CHARS = 100_000
DAMAGED, LOCKED, TOO_LARGE = 3, 4, 5


class Locked(Exception):
    """The file asks for a password."""


def limit_self() -> None:
    """Give up memory, time, new files and core dumps beyond what a decent file needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf(data: bytes) -> Iterator[str]:
    """Page by page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Locked from error
        raise
    for page in document:
        yield page.get_textpage().get_text_bounded()


def docx(data: bytes) -> Iterator[str]:
    """The text of the body, tables and footnotes."""
    import mammoth

    yield mammoth.extract_raw_text(io.BytesIO(data)).value


def odt(data: bytes) -> Iterator[str]:
    """Headings and paragraphs, those in lists and tables too, in their order."""
    import odfdo

    body = odfdo.Document(io.BytesIO(data)).body
    yield from (element.text_recursive for element in body.get_elements("//text:h | //text:p"))


def xlsx(data: bytes) -> Iterator[str]:
    """Row by row; formulas by their last value."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(str(value) for value in row if value is not None)


def pptx(data: bytes) -> Iterator[str]:
    """Slide by slide, with tables and speaker's notes."""
    import pptx as powerpoint

    for slide in powerpoint.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            yield from _shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            yield slide.notes_slide.notes_text_frame.text


def _shape(shape: object) -> Iterator[str]:
    if getattr(shape, "has_text_frame", False):
        yield shape.text_frame.text  # type: ignore[attr-defined]
    if getattr(shape, "has_table", False):
        yield from (cell.text for row in shape.table.rows for cell in row.cells)  # type: ignore[attr-defined]
    for inner in getattr(shape, "shapes", ()):
        yield from _shape(inner)


def plain(data: bytes) -> Iterator[str]:
    """Text as most towns' computers write it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace")
        return
    try:
        yield data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield data.decode("cp1252", "replace")


FORMATS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": pdf, "docx": docx, "odt": odt, "xlsx": xlsx, "pptx": pptx, "txt": plain, "csv": plain,
}  # fmt: skip


def first_words(pieces: Iterator[str], limit: int = MAX_CHARS) -> str:
    """The pieces with single spaces, up to the limit."""
    out: list[str] = []
    length = 0
    for piece in pieces:
        # A database may refuse NUL, and nobody looks for it.
        text = re.sub(r"[\s\x00]+", " ", piece[: limit * 4]).strip()
        if text:
            out.append(text)
            length += len(text) + 1
        if length > limit:
            break
    return "\n".join(out)[:limit]


def main(name: str) -> int:
    """Read a file from standard input and write its text; returns the exit status."""
    limit_self()
    try:
        text = first_words(FORMATS[name](sys.stdin.buffer.read()))
    except MemoryError:
        return TOO_LARGE
    except Locked:
        return LOCKED
    except Exception as error:  # whatever a broken file makes a reader raise
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return DAMAGED
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
