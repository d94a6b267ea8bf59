"""Keeping each published state of an item, and saying what changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from authoring.models import Edition
from core.happenings import happened
from library import changes
from library.models import LibraryPage
from members.models import Person


@dataclass(frozen=True)
class Said:
    """What whoever publishes says of it."""

    by: Person | None = None
    note: str = ""
    minor: bool = False


_said: ContextVar[Said | None] = ContextVar("said", default=None)


@contextmanager
def saying(*, by: Person, note: str = "", minor: bool = False) -> Iterator[None]:
    """What is published in this block is kept with these words."""
    token = _said.set(Said(by, note.strip()[: changes.MOST_NOTE], minor))
    try:
        yield
    finally:
        _said.reset(token)


def _said_of(revision: Any, by: Person | None) -> Said:
    """What was said here and now, or else in the editor, with the draft."""
    change = changes.of_revision(revision)
    return _said.get() or Said(by, change.note, change.minor)


def keep(page: LibraryPage, *, by: Person | None, revision: Any = None) -> Edition:
    """Keep what has just been published, in the transaction that publishes it.

    What has readers of its own, such as the candid note, is left out: it is in no edition.
    """
    content = dict(page.serializable_data())
    for name, audience in page.restricted_fields.items():
        content.pop(name, None)
        content.pop(audience, None)
    for name in ("rendered", "wagtail_admin_comments"):
        content.pop(name, None)
    last = Edition.objects.filter(page_id=page.pk).aggregate(last=Max("number"))["last"] or 0
    said = _said_of(revision, by)
    first = is_first(page)
    return Edition.objects.create(
        page_id=page.pk, number=last + 1, content=content, audience=page.audience,
        municipality_id=page.municipality_id, group_ids=page.group_ids, by=said.by,
        note="" if first else said.note, minor=said.minor and not first,
    )  # fmt: skip


def is_first(page: LibraryPage) -> bool:
    """Whether the item was published for the first time just now."""
    return page.first_published_at is not None and page.first_published_at == page.last_published_at


def announce(page: LibraryPage, *, by: Person | None, revision_id: int | None) -> None:
    """One person has published one item, now or on a day that has come. Imports and publishing in bulk announce nothing.

    Nothing is told of a revision that waits for its day, or of what a moderator has hidden: nobody reads it.
    """
    if not page.live or page.live_revision_id != revision_id:
        return
    if is_first(page):
        happened("item.published", page.kind, page.pk, by=by)
    elif not _said_of(page.live_revision, by).minor:
        happened("item.changed", page.kind, page.pk, by=by)


def remember(revision: Any) -> None:
    """What is said here of a revision that waits for its day is kept with it until then."""
    said = _said.get()
    if said is not None and revision.approved_go_live_at:
        changes.keep_in(revision, note=said.note, minor=said.minor)
