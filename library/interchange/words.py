"""What people call our fields, in English and French. Compared without case, accents and punctuation."""

from functools import cache
from pathlib import Path

import yaml
from django.utils.text import capfirst
from django.utils.translation import override

from library.interchange import schema
from library.interchange.nearest import fold
from library.interchange.records import Record
from library.registry import kinds

COLUMNS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "column_names.yaml").read_text(encoding="utf-8")
)

# Headings in an exported Markdown file. Fields not listed go by their label.
HEADINGS: dict[str, tuple[str, str]] = {
    "problem": ("Problem", "Problème"),
    "what_we_did": ("What we did", "Ce que nous avons fait"),
    "challenges": ("Challenges and failures", "Difficultés et échecs"),
    "conditions": ("Conditions for success", "Conditions de réussite"),
    "lessons": ("Lessons", "Leçons"),
    "transfer": ("What transfers and what does not", "Ce qui se transpose et ce qui ne se transpose pas"),
    "inclusion": ("Inclusion", "Inclusion"),
    "candid_note": ("Candid note", "Note franche"),
    "when_to_use": ("When to use it", "Quand s’en servir"),
    "when_not_to_use": ("When not to use it", "Quand ne pas s’en servir"),
    "prerequisites": ("Prerequisites", "Préalables"),
    "checks": (
        "Privacy, accessibility and security checks",
        "Vérifications : vie privée, accessibilité et sécurité",
    ),
    "measures": ("Measures of success", "Mesures de réussite"),
    "way_out": ("Way out", "Porte de sortie"),
}
# A heading is text in its own right: these words of a table's columns are too common to be ours.
_NOT_HEADINGS = {
    "context",
    "background",
    "approach",
    "solution",
    "the project",
    "equity",
    "contexte",
    "equite",
    "requirements",
    "exit",
    "indicators",
    "demarche",
    "defis",
}


def field_of_column(column: str, kind: str) -> str | None:
    """Return the field of `kind` (or `body`) that a column's name means, or None."""
    return _column_names(kind).get(fold(column))


def is_known_column(column: str) -> bool:
    """Whether the column means a field of any kind."""
    return any(field_of_column(column, kind) for kind in kinds())


def field_of_heading(text: str, kind: str) -> str | None:
    """Return the prose field of `kind` that a heading of level 2 names, or None."""
    return _headings(kind).get(fold(text))


def heading(name: str, record: Record) -> str:
    """Return the heading of a prose field in the language of the record."""
    return _heading_texts(name)[record.get("language") == "fr"]


@cache
def _column_names(kind: str) -> dict[str, str]:
    fields = (*schema.names(kind), "body")
    found: dict[str, str] = {}
    for name in fields:
        for word in (*COLUMNS.get(name, ()), *_labels(kind, name)):
            found.setdefault(fold(word), name)
    own = {fold(name): name for name in fields}
    # People say "status" where a case study says "stage".
    other = {fold(w): "stage" for w in ("status", *COLUMNS["status"])} if "stage" in fields else {}
    return other | found | own


@cache
def _labels(kind: str, name: str) -> tuple[str, ...]:
    if name not in schema.columns(kind):
        return ()
    label = kinds()[kind]._meta.get_field(name).verbose_name
    words = []
    for language in ("en", "fr"):
        with override(language):
            words.append(str(label))
    return tuple(words)


@cache
def _heading_texts(name: str) -> tuple[str, str]:
    if name in HEADINGS:
        return HEADINGS[name]
    kind = next(kind for kind in kinds() if name in schema.prose(kind))
    english, french = _labels(kind, name)
    return capfirst(english), capfirst(french)


@cache
def _headings(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in schema.prose(kind):
        words = {fold(word) for word in (*COLUMNS.get(name, ()), name)} - _NOT_HEADINGS
        for word in (*(fold(text) for text in _heading_texts(name)), *words):
            found.setdefault(word, name)
    return found
