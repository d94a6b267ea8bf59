"""Bytes to text: UTF-8 first, what older spreadsheets write when it is plain enough, else a clear message."""

from pathlib import Path

from django.utils.translation import gettext as _

from library.interchange.problems import InterchangeError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# What French and English office text has beyond ASCII. Anything else means a wrong guess.
_EXPECTED = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»‘’“”–—…•€°²³½¼¾©®™§ºª·×\u00a0¢£")


def read_text(path: Path, limit: int) -> tuple[str, list[str]]:
    """Return the text of a file and notes on how it was read. Raises InterchangeError with what to do."""
    size = path.stat().st_size
    if size > limit:
        message = _("%(file)s has %(size)s bytes; %(limit)s is the limit. Split it into smaller files.")
        raise InterchangeError(message % {"file": path.name, "size": size, "limit": limit})
    text, notes = decode(path.read_bytes(), path.name)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        message = _("%(file)s, line %(line)s: there is a NUL character. Save the file as plain text (UTF-8).")
        raise InterchangeError(message % {"file": path.name, "line": line})
    return text, notes


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """Return bytes as text, with a note when their encoding had to be guessed."""
    if data.startswith(_UTF16):
        return _decode_utf16(data, name), [_("read as UTF-16")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _decode_windows(data, name, error), [
            _("not UTF-8: read as Windows-1252; check the accents, and save as UTF-8 next time")
        ]


def _decode_utf16(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(name, error) from error


def _decode_windows(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _wrong_encoding(name, error) from error
    odd = {c for c in text if ord(c) > 127} - _EXPECTED
    if odd or any(ord(c) < 32 and c not in "\n\r\t" for c in text):
        raise _wrong_encoding(name, error)
    return text


def _wrong_encoding(name: str, error: UnicodeDecodeError) -> InterchangeError:
    line = error.object.count(b"\n", 0, error.start) + 1
    message = _(
        "%(file)s, line %(line)s: the text is not in UTF-8. "
        "Open it in your editor or spreadsheet and save it with the encoding UTF-8."
    )
    return InterchangeError(message % {"file": name, "line": line})
