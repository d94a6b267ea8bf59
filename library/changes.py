"""What an editor says of a change before it is published; it waits in the draft, beside its content.

Whoever keeps editions reads it from the revision that is published, however that happens: by a button,
by the last approval of a workflow, or on a day that was set.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from library.items import LibraryPage

MOST_NOTE = 500
# Its name in a revision's content, where no field has it.
_KEY = "change_said"


@dataclass(frozen=True)
class Change:
    """What changed and why; a minor one is told to nobody."""

    note: str = ""
    minor: bool = False


def say(draft: "LibraryPage", *, note: str, minor: bool) -> None:
    """Have the next revision of the draft carry these words."""
    draft.change_said = Change(note.strip()[:MOST_NOTE], minor)


def to_keep(draft: "LibraryPage") -> dict[str, Any]:
    """What a revision keeps besides the fields; nothing where nobody said anything."""
    said = draft.change_said
    return {_KEY: asdict(said)} if said and said != Change() else {}


def keep_in(revision: Any, *, note: str, minor: bool) -> None:
    """Have a revision that exists already carry these words instead of those it may have."""
    revision.content[_KEY] = asdict(Change(note.strip()[:MOST_NOTE], minor))
    revision.save(update_fields=["content"])


def take_along(draft: "LibraryPage", content: Any) -> None:
    """Remember what waits in the revision that the draft was read from; its next revision does not repeat it."""
    draft.change_waiting = _read(content)


def waiting(draft: "LibraryPage") -> Change:
    """What was said of a change that is not published yet."""
    return draft.change_waiting if draft.has_unpublished_changes else Change()


def of_revision(revision: Any) -> Change:
    """What was said of the change that a revision publishes."""
    return _read(revision.content if revision is not None else {})


def _read(content: Any) -> Change:
    kept = content.get(_KEY) if hasattr(content, "get") else None
    return Change(str(kept.get("note", "")), bool(kept.get("minor"))) if isinstance(kept, dict) else Change()
