"""A file's words, by way of a process that may be killed."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.attachments.child import DAMAGED, FORMATS, LOCKED

MAX_BYTES = 50 * 1024 * 1024
# More than the child's own limit on computing: it may also have to wait.
SECONDS = 40

_CHILD = Path(__file__).with_name("child.py")
_PARTS_CHILD = Path(__file__).with_name("parts_child.py")


class Outcome(models.TextChoices):
    """What came of reading a file."""

    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("read")
    EMPTY = "empty", _("no text in it (a scan?)")
    LOCKED = "locked", _("asks for a password")
    DAMAGED = "damaged", _("could not be read")
    TOO_LARGE = "too_large", _("needs too much memory or time")


@dataclass(frozen=True)
class Extracted:
    """The words found (at most 100,000 characters), or why there are none."""

    outcome: Outcome
    text: str = ""
    problem: str = ""


def is_readable(extension: str) -> bool:
    """Whether files of this kind have words that we can take out."""
    return extension.lower() in FORMATS


def extract(file: BinaryIO, extension: str, *, seconds: float = SECONDS) -> Extracted:
    """Read a file. Never raises for what the file contains; takes at most `seconds`."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Extracted(Outcome.TOO_LARGE, problem=f"more than {MAX_BYTES} bytes")
    return _run(_CHILD, extension, data, seconds)


def _run(script: Path, extension: str, data: bytes, seconds: float) -> Extracted:
    # Isolated: neither the environment's secrets nor the site's own code are within reach.
    command = [sys.executable, "-I", str(script), extension.lower()]
    try:
        # Our own file and a known format's name; nothing a person typed.
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env={}, cwd="/")  # noqa: S603
    except subprocess.TimeoutExpired:
        return Extracted(Outcome.TOO_LARGE, problem=f"took more than {seconds:g} s")
    return _result(done)


def take_apart(
    file: BinaryIO, extension: str, *, seconds: float = SECONDS
) -> tuple[Outcome, list[dict[str, Any]]]:
    """The parts of a DOCX, ODT or PDF in their order: headings, text, rows of tables, pictures (in base 64).

    Never raises for what the file contains; takes at most `seconds`.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Outcome.TOO_LARGE, []
    found = _run(_PARTS_CHILD, extension, data, seconds)
    return found.outcome, [json.loads(line) for line in found.text.splitlines() if line]


def _result(done: "subprocess.CompletedProcess[bytes]") -> Extracted:
    problem = done.stderr.decode("utf-8", "replace").replace("\x00", "")[-500:]
    match done.returncode:
        case 0:
            text = done.stdout.decode("utf-8", "replace")
            return Extracted(Outcome.READ, text) if text.strip() else Extracted(Outcome.EMPTY)
        case code if code == LOCKED:
            return Extracted(Outcome.LOCKED)
        case code if code == DAMAGED:
            return Extracted(Outcome.DAMAGED, problem=problem)
    # A signal (out of time), or the reader's own abort for want of memory.
    return Extracted(Outcome.TOO_LARGE, problem=problem or f"ended with status {done.returncode}")
