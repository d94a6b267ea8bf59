"""Putting the parts of a document where they belong. What has no place is kept as left over: nothing is lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from authoring.intake import words
from library.choices import CostBand

# Text fields that take as much as there is, and those with a limit.
PROSE = ("problem", "what_we_did", "challenges", "lessons", "conditions", "transfer", "inclusion")
SHORT = {"summary": 300, "funding": 250, "beneficiaries": 250, "contact_role": 120}
MOST_TITLE = 255
_AMOUNT = re.compile(r"\$\s?(\d[\d,.\s  ]*)|(\d[\d,.\s  ]*)\s?(?:\$|dollars)", re.IGNORECASE)
_LABELLED = re.compile(r"^([^:：]{2,60}?)\s*[:：]\s+(.+)$", re.DOTALL)
_BANDS = ((10_000, CostBand.UNDER_10K), (50_000, CostBand.FROM_10K), (250_000, CostBand.FROM_50K),
          (1_000_000, CostBand.FROM_250K))  # fmt: skip


@dataclass
class Section:
    """A heading and what stands below it."""

    heading: str = ""
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def text(self) -> str:
        """All of it, points of lists close together."""
        out = ""
        for each in self.texts:
            gap = "\n" if out and each.startswith("- ") and out.splitlines()[-1].startswith("- ") else "\n\n"
            out += f"{gap if out else ''}{each}"
        return out


@dataclass
class Sorted:
    """Where everything went."""

    values: dict[str, Any] = field(default_factory=dict)
    outcomes: list[dict[str, str]] = field(default_factory=list)
    left_over: list[tuple[str, str]] = field(default_factory=list)

    def leave(self, heading: str, text: str) -> None:
        """Keep what has no place."""
        if text.strip():
            self.left_over.append((heading[:200], text.strip()))


def from_text(text: str) -> list[dict[str, Any]]:
    """Pasted text as parts: paragraphs between empty lines, and lines that may be headings."""
    parts: list[dict[str, Any]] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        while lines and (lines[0].startswith("#") or words.field_of(lines[0])):
            parts.append({"kind": "heading", "text": lines.pop(0).lstrip("# ").strip().rstrip(":")})
        if lines:
            parts.append({"kind": "line" if len(lines) == 1 else "text", "text": "\n".join(lines).strip()})
    return parts


def sort(parts: Iterable[dict[str, Any]]) -> Sorted:
    """Title, summary, fields by their headings, and the rest."""
    found = Sorted()
    sections = list(_sections(parts))
    _take_title(sections, found)
    for section in sections:
        _take(section, found)
    return found


def _sections(parts: Iterable[dict[str, Any]]) -> Iterator[Section]:
    current = Section()
    for part in parts:
        kind, text = part["kind"], part["text"].strip()
        known = words.field_of(text) if kind == "line" else None
        if kind == "heading" or known:
            yield current
            current = Section(text.rstrip(":"))
        elif kind == "row":
            current.rows.append(part["cells"])
        elif kind in {"text", "line"}:
            labelled = _LABELLED.match(text)
            if labelled and words.field_of(labelled[1]) and not text.startswith("- "):
                yield current
                yield Section(labelled[1], [labelled[2]])
                current = Section()
            else:
                current.texts.append(text)
    yield current


def _take_title(sections: list[Section], found: Sorted) -> None:
    """The first heading that names no field, or the first line; what follows it at once is the summary if it is short."""
    for section in sections:
        if section.heading and words.field_of(section.heading) is None:
            _titled(section, section.heading, found)
            section.heading = ""
            return
        if (
            section.texts
            and not section.heading
            and len(section.texts[0]) <= MOST_TITLE
            and "\n" not in section.texts[0]
        ):
            _titled(section, section.texts.pop(0), found)
            return
        if section.heading:
            return


def _titled(section: Section, title: str, found: Sorted) -> None:
    found.values["title"] = title[:MOST_TITLE]
    if len(title) > MOST_TITLE:
        found.leave("", title)
    if section.texts and len(section.texts[0]) <= SHORT["summary"]:
        found.values["summary"] = " ".join(section.texts.pop(0).split())


def _take(section: Section, found: Sorted) -> None:
    name = words.field_of(section.heading) if section.heading else None
    if name == "outcomes":
        _take_outcomes(section, found)
    elif name == "cost":
        _take_cost(section, found)
    elif name == "stage" and not found.values.get("stage") and words.stage_of(section.text()):
        found.values["stage"] = words.stage_of(section.text())
    elif name in PROSE:
        _add(section, name, found)
    elif name in SHORT and name not in found.values and 0 < len(section.text()) <= SHORT[name]:
        found.values[name] = " ".join(section.text().split())
    else:
        found.leave(section.heading, section.text())
    if name != "outcomes" and section.rows:
        found.leave(section.heading, _table(section.rows))


def _add(section: Section, name: str, found: Sorted) -> None:
    """Two sections of one field stand one after the other."""
    both = (found.values.get(name, ""), section.text())
    found.values[name] = "\n\n".join(text for text in both if text)


def _take_outcomes(section: Section, found: Sorted) -> None:
    """Rows of a table become outcomes where they fit; text is for the author to put into rows."""
    rows = section.rows
    if rows and not any(re.search(r"\d", cell) for cell in rows[0]):
        rows = rows[1:]
    for cells in rows:
        fits = (
            2 <= len(cells) <= 3
            and all(cells)
            and len(cells[0]) <= 160
            and all(len(c) <= 80 for c in cells[1:])
        )
        if fits:
            before = cells[1] if len(cells) == 3 else ""
            found.outcomes.append({"metric": cells[0], "baseline": before, "result": cells[-1]})
        else:
            found.leave(section.heading, " | ".join(cells))
    found.leave(section.heading, section.text())


def _take_cost(section: Section, found: Sorted) -> None:
    """One amount tells the band; the words stay left over, for only the author knows what was meant."""
    text = section.text()
    amounts = [number for match in _AMOUNT.finditer(text) if (number := _number(match[1] or match[2]))]
    if len(amounts) == 1 and "setup_cost" not in found.values:
        found.values["setup_cost"] = next(
            (band for most, band in _BANDS if amounts[0] < most), CostBand.OVER_1M
        ).value
    found.leave(section.heading, text)


def _number(text: str) -> int:
    digits = re.sub(r"[.,]\d{1,2}$", "", text.strip())
    digits = re.sub(r"\D", "", digits)
    return int(digits) if digits and len(digits) < 12 else 0


def _table(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(cells) for cells in rows)
