"""A text in a spreadsheet's cell: never run as a formula, and read back the same.

A text that a spreadsheet would run gets an apostrophe in front, as spreadsheets themselves do it.
Texts with characters that a cell cannot hold are written as `'json:"…"`.
"""

import json
import re

_RUNS = tuple("=+-@\t\r\n＝＋－＠")
_MARKED = (*_RUNS, "'")
_JSON = "'json:"
_CANNOT_STAND = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\u2028\u2029]|_x[0-9A-Fa-f]{4}_")


def escape(text: str) -> str:
    """Return text for a cell. `unescape` is its inverse."""
    if _CANNOT_STAND.search(text):
        return _JSON + json.dumps(text).replace("_x", "\\u005fx")
    return f"'{text}" if text.startswith(_MARKED) else text


def unescape(text: str) -> str:
    """Return what a cell says. Whatever people typed themselves is left alone."""
    if text.startswith(_JSON):
        try:
            return str(json.loads(text.removeprefix(_JSON)))
        except ValueError:
            return text
    return text[1:] if text.startswith("'") and text[1:].startswith(_MARKED) else text
