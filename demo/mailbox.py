"""Mail that would have been sent: the demo writes it to files, and shows them on a page."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_string, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

# What Django's file backend writes below each mail.
_END = "\n" + "-" * 79 + "\n"
# The newest of so many are shown.
SHOWN = 200


@dataclass(frozen=True)
class Mail:
    """One mail as its recipient would see it in plain text."""

    number: int
    to: str
    subject: str
    date: datetime | None
    text: str


def mails() -> list[Mail]:
    """All mail so far, the newest first; the number of one never changes."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=_written)
    written = [
        text for path in files for text in path.read_text(errors="replace").split(_END) if text.strip()
    ]
    return [_mail(number, text) for number, text in enumerate(written, start=1)][: -SHOWN - 1 : -1]


def _written(path: Path) -> tuple[int, str]:
    """When: the names of files say so only to the second."""
    return path.stat().st_mtime_ns, path.name


def _mail(number: int, written: str) -> Mail:
    message = message_from_string(written.lstrip(), policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    date = message.get("Date")
    return Mail(
        number=number,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        date=parsedate_to_datetime(str(date)) if date else None,
        text=body.get_content() if body else "",
    )
