"""What an index holds about one item, the same for every kind and every engine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Longer bodies are cut: nobody finds a page by its two-hundred-thousandth character.
MAX_BODY = 200_000


# Stands for all labels, for those who see everything.
EVERYTHING = ("*",)


@dataclass(frozen=True)
class Version:
    """What an item says in another language. Only for documents whose every reader may read that too."""

    language: str
    title: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class AttachedFile:
    """A file that the item shows: its name, and the words in it."""

    name: str
    text: str


@dataclass(frozen=True)
class Document:
    """The current state of one item, as the indexes see it."""

    key: str
    kind: str
    item_id: int
    title: str
    labels: tuple[str, ...]
    language: str = "en"
    summary: str = ""
    tags: tuple[str, ...] = ()
    areas_text: str = ""
    body: str = ""
    files: tuple[AttachedFile, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: int = 0
    verified: int = 0
    adoptions: int = 0
    # Neither retired nor replaced.
    current: bool = True
    # Residents of its municipality, and the year it is about; 0 where not known.
    population: int = 0
    year: int = 0
    url: str = ""
    display: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    versions: tuple[Version, ...] = ()
    # Who finds another language's version instead (`instead_for`).
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tombstone:
    """An item that no longer exists. It stays in the index, unfindable, lest late writes revive it."""

    key: str
    version: int = 0


@dataclass(frozen=True)
class Rejected:
    """An item that can't be indexed as it is, and why: trying again right away would not help."""

    key: str
    reason: str


@dataclass(frozen=True)
class Held:
    """What an index holds under a key. `digest` is empty if somebody else than us has written it."""

    key: str
    version: int
    labels: frozenset[str]
    digest: str
    live: bool


def instead_for(language: str, label: str) -> str:
    """Names the readers in a language who have a label."""
    return f"{language}|{label}"


def key_of(kind: str, item_id: int) -> str:
    """The name of an item in every index."""
    return f"{kind}:{item_id}"


def item_of(key: str) -> tuple[str, int] | None:
    """The kind and number of the item with this name; None for names that we don't give."""
    kind, _, number = key.rpartition(":")
    known = kind.isidentifier() and len(kind) <= 40 and number.isascii() and number.isdigit()
    return (kind, int(number)) if known and int(number) < 2**63 else None


def digest(document: Document) -> str:
    """The same for two documents that say the same, whatever their versions."""
    # The order of tags and of a facet's values comes from the database as it likes, and means nothing.
    facets = {name: sorted(values) for name, values in document.facets.items()}
    content = {**vars(document), "version": 0, "tags": sorted(document.tags), "facets": facets}
    content["instead"] = sorted(document.instead)
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
