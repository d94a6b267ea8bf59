"""The process that takes one document apart: `python parts_child.py FORMAT < file > lines of JSON`.

Each line is a part: a heading, a paragraph, a row of a table, a picture. Like `child.py`, whose limits it gives
itself, it knows nothing of the site.
"""

import base64
import html.parser
import io
import json
import re
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

child = runpy.run_path(str(Path(__file__).with_name("child.py")))

MAX_CHARS = 100_000
MAX_PARTS = 3_000
MAX_PICTURES = 20
MAX_PICTURE_BYTES = 10 * 1024 * 1024
# Bold words alone in their paragraph are what many people call a heading.
MAX_HEADING = 90

Part = dict[str, Any]


def heading(text: str) -> Part:
    """What the next parts belong to."""
    return {"kind": "heading", "text": text}


def paragraph(text: str) -> Part:
    """Running text, or one point of a list."""
    return {"kind": "text", "text": text}


def picture(data: bytes, alt: str = "") -> Part:
    """A picture as it lies in the file."""
    return {"kind": "picture", "text": alt, "data": base64.b64encode(data).decode()}


class Reader(html.parser.HTMLParser):
    """Takes apart the HTML that mammoth writes."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.words: list[str] = []
        self.plain_words = False
        self.cells: list[str] | None = None
        self.strong = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "strong":
            self.strong += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag == "tr":
            self.cells = []
        elif tag == "img" and (said.get("src") or "").startswith("data:"):
            data = base64.b64decode((said["src"] or "").partition("base64,")[2])
            self.parts.append(picture(data, said.get("alt") or ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self.plain_words = self.plain_words or (not self.strong and bool(data.strip()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self.strong -= 1
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells.append(self._take())
        elif tag == "tr" and self.cells is not None:
            self.parts.append({"kind": "row", "text": " | ".join(self.cells), "cells": self.cells})
            self.cells = None
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li"} and self.cells is None:
            self._end(tag)

    def _end(self, tag: str) -> None:
        all_strong = not self.plain_words
        text = self._take()
        if not text:
            return
        if tag.startswith("h") or (tag == "p" and all_strong and len(text) <= MAX_HEADING):
            self.parts.append(heading(text))
        else:
            self.parts.append(paragraph(f"- {text}" if tag == "li" else text))

    def _take(self) -> str:
        text = "".join(self.words).strip()
        self.words, self.plain_words = [], False
        return text


def docx(data: bytes) -> Iterator[Part]:
    """Headings, paragraphs, lists, tables and pictures of a Word file."""
    import mammoth

    reader = Reader()
    reader.feed(mammoth.convert_to_html(io.BytesIO(data)).value)
    yield from reader.parts


def odt(data: bytes) -> Iterator[Part]:
    """The same of an OpenDocument text."""
    import odfdo

    document = odfdo.Document(io.BytesIO(data))
    for element in document.body.get_elements("//text:h | //text:p | //draw:image"):
        if element.tag == "draw:image":
            name = element.get_attribute("xlink:href")
            if name and str(name).startswith("Pictures/"):
                yield picture(document.get_part(str(name)))  # type: ignore[arg-type]
            continue
        text = str(element.text_recursive).strip()
        if text:
            in_list = element.parent is not None and element.parent.tag == "text:list-item"
            yield heading(text) if element.tag == "text:h" else paragraph(f"- {text}" if in_list else text)


def pdf(data: bytes) -> Iterator[Part]:
    """Paragraphs and pictures of a PDF, which knows no headings: a short line by itself may be one."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise child["Locked"] from error
        raise
    for page in document:
        yield from lines(page.get_textpage().get_text_bounded())
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
            out = io.BytesIO()
            found.get_bitmap().to_pil().convert("RGB").save(out, "PNG")
            yield picture(out.getvalue())


def lines(text: str) -> Iterator[Part]:
    """Lines of a page; those that break in the middle of a sentence are one paragraph."""
    words: list[str] = []
    found = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    for line, after in zip([*found, ""], [*found[1:], "", ""], strict=True):
        if line and not words and _stands_alone(line, after):
            yield {"kind": "line", "text": line}
            continue
        if line:
            words.append(line)
        if words and (not line or re.search(r"[.!?:]$", line)):
            yield paragraph(" ".join(words))
            words = []


def _stands_alone(line: str, after: str) -> bool:
    """Short, no end of a sentence, and the next line begins anew: such a line may be a heading."""
    return len(line) <= MAX_HEADING and not re.search(r"[.;,:]$", line) and not after[:1].islower()


FORMATS: dict[str, Callable[[bytes], Iterator[Part]]] = {"docx": docx, "odt": odt, "pdf": pdf}


def bounded(parts: Iterator[Part]) -> Iterator[Part]:
    """At most so many parts, characters and pictures; says so where something was left out."""
    chars = pictures = size = 0
    for number, part in enumerate(parts):
        if part["kind"] == "picture":
            pictures, size = pictures + 1, size + len(part["data"])
            if pictures > MAX_PICTURES or size > MAX_PICTURE_BYTES * 4 // 3:
                yield {"kind": "left_out", "text": "picture"}
                continue
        else:
            part["text"] = part["text"].replace("\x00", "")
            chars += len(part["text"])
        if number >= MAX_PARTS or chars > MAX_CHARS:
            yield {"kind": "left_out", "text": "text"}
            return
        yield part


def main(name: str) -> int:
    """Read a file from standard input and write its parts; returns the exit status."""
    child["limit_self"]()
    try:
        found = [json.dumps(part) for part in bounded(FORMATS[name](sys.stdin.buffer.read()))]
    except MemoryError:
        return int(child["TOO_LARGE"])
    except child["Locked"]:
        return int(child["LOCKED"])
    except Exception as error:  # whatever a broken file makes a reader raise
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return int(child["DAMAGED"])
    sys.stdout.write("\n".join(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
