"""How values stand in the cells of a spreadsheet, safely and so that they come back the same.

Formulas are made harmless in `core.cells`. Lists are joined by semicolons, or JSON where that would
be ambiguous. Long texts go on in further columns, "problem (2)", because a cell of XLSX ends at 32,767 characters.
"""

import json
import re
from typing import Any

from core.cells import escape, unescape
from library.interchange.rows import Row

LIMIT = 30_000
_PART = re.compile(r"^(.*) \((\d+)\)$", re.DOTALL)


def to_text(value: Any) -> str:
    """Return a plain value as the text of a cell, before escaping."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _list_to_text(value)
    return "" if value is None else str(value)


def _list_to_text(parts: list[Any]) -> str:
    simple = all(isinstance(p, str) and p and p == p.strip() and ";" not in p and "," not in p for p in parts)
    joined = "; ".join(parts) if simple else ""
    if simple and not joined.startswith("["):
        return joined
    return json.dumps(parts, ensure_ascii=False)


def spread(name: str, text: str) -> dict[str, str]:
    """Return the cells of a text, by column."""
    whole = escape(text)
    if len(whole) <= LIMIT:
        return {name: whole}
    pieces = [text[at : at + LIMIT // 6] for at in range(0, len(text), LIMIT // 6)]
    return {name if n == 1 else f"{name} ({n})": escape(piece) for n, piece in enumerate(pieces, start=1)}


def gather(row: Row) -> Row:
    """Join the pieces of long texts in a row that was read, and undo the escaping."""
    values: dict[str, Any] = {}
    for column, text in row.values.items():
        part = _PART.match(column)
        name = part[1] if part and part[1] in values else column
        values[name] = values.get(name, "") + unescape(text)
    row.values = values
    return row
