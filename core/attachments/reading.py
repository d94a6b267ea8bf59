"""Taking the words out of files, one by one, beside the requests."""

import logging
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from core.attachments.extract import Extracted, Outcome, extract, is_readable
from core.attachments.models import Attachment, FileText
from core.files import File

logger = logging.getLogger(__name__)

# Sent inside the transaction of the change, with `file` and with `page_ids`: the pages that show it. Whatever else
# gives out files of its own finds by `file` what they came with.
words_changed = Signal()


def expect(file: File) -> None:
    """A file was stored: its words are to be read, unless they are known already."""
    known = FileText.objects.filter(pk=file.pk).values_list("digest", flat=True).first()
    if not is_readable(file.file_extension):
        FileText.objects.filter(pk=file.pk).delete()
    elif known != (digest := file.get_file_hash()):
        fresh = {"digest": digest, "outcome": Outcome.WAITING, "text": "", "problem": "", "read_at": None}
        FileText.objects.update_or_create(pk=file.pk, defaults=fresh)


def shown_on(file: File) -> list[int]:
    """The pages that show a file."""
    return list(Attachment.objects.filter(file_id=file.pk).values_list("page_id", flat=True))


def tell(file: File) -> None:
    """The name or the words of a file are no longer what readers find."""
    words_changed.send(sender=FileText, file=file, page_ids=shown_on(file))


def read_waiting() -> int:
    """Read one waiting file; returns how many that was. Two workers may do the same one: same result."""
    waiting = FileText.objects.filter(outcome=Outcome.WAITING).select_related("file").order_by("pk").first()
    if waiting is None:
        return 0
    _store(waiting, _read(waiting.file))
    return 1


def _read(file: File) -> Extracted:
    try:
        with file.open_file() as content:
            return extract(content, file.file_extension)
    except Exception as error:  # each storage has errors of its own; one file must not hold up the others
        logger.exception("file %s could not be read", file.pk)
        return Extracted(
            Outcome.DAMAGED, problem=f"the storage does not give it: {error}"[:500].replace("\x00", "")
        )


def _store(waiting: FileText, found: Extracted) -> None:
    with transaction.atomic():
        same = FileText.objects.filter(pk=waiting.pk, digest=waiting.digest)
        fields: dict[str, Any] = {"outcome": found.outcome, "text": found.text, "problem": found.problem}
        # Somebody may have stored another file under this row meanwhile; then that one is waiting.
        if same.update(**fields, read_at=timezone.now()):
            tell(waiting.file)
