"""The fields that both engines share.

A document's prose has six parts. Each is indexed for the document's own language and, folded but
not stemmed, in an `exact` field. French is indexed in both orders of stemming and folding, because
each order finds what the other misses.
"""

from search import steps
from search.attached import file_words
from search.documents import Document, Version
from search.text import clean

PARTS = ("title", "summary", "tags", "areas", "body", "files")
LANGUAGES = ("en", "fr")
# Which analyses a text in a language gets.
VARIANTS: dict[str, tuple[str, ...]] = {"en": ("en", "exact"), "fr": ("fr", "fx", "exact")}
ANALYSES = ("en", "fr", "fx", "exact")
# Snippets are cut from these, most telling first.
SNIPPET_PARTS = ("body", "summary", "files")

# Names that are neither text nor a facet: for whom a document is, and for whom not.
FOR_WHOM = ("labels", "instead")

FACETS = (
    "kind",
    "service_area",
    "stage",
    "verdict",
    "setup_cost",
    "yearly_cost",
    "population",
    "municipality",
    "region",
    "adopted_by",
    "year",
    "has",
    "language",
    "tag",
)
# Every field of exact values: the facets, and what is filtered by but never counted.
KEYWORDS = (*FACETS, "tier", "current", "taken_up", "verified_since", "published_since")
# What a document has that was neither retired nor replaced.
IS_CURRENT = ("yes",)
# Sort name → the number it sorts by, largest first.
SORTS = {"newest": "published", "verified": "verified", "adopted": "adoptions"}
# The order that begins with municipalities like the reader's own.
LIKE_MINE = "like-mine"
NUMBERS = ("published", "verified", "adoptions")
# Numbers that a search may limit from below and above; a document that lacks one is outside every range.
RANGES = ("population", "year")


def text_field(part: str, analysis: str) -> str:
    """The name of the field that holds a part of the prose under an analysis."""
    return f"{part}_{analysis}"


def facet_field(name: str) -> str:
    """The name of the field that holds a facet's values."""
    return f"facet_{name}"


def analysis_language(language: str) -> str:
    """The language whose rules we apply; English for those we have no rules for."""
    return language if language in LANGUAGES else "en"


def variants_of(part: str, language: str) -> tuple[str, ...]:
    """The analyses a part gets; the names of service areas come in both languages."""
    return ANALYSES if part == "areas" else VARIANTS[analysis_language(language)]


def prose(document: Document) -> dict[str, str]:
    """The parts of a document's prose, cleaned."""
    return {
        "title": clean(document.title),
        "summary": clean(document.summary),
        "tags": clean(" , ".join(document.tags)),
        "areas": clean(document.areas_text),
        "body": clean(document.body),
        "files": file_words(document.files),
    }


def spoken(document: Document) -> dict[str, dict[str, str]]:
    """The prose in each language that the document can be found in; its own first."""
    own = analysis_language(document.language)
    others = {analysis_language(version.language): _said(version) for version in document.versions}
    return {own: prose(document)} | {name: said for name, said in others.items() if name != own}


def _said(version: Version) -> dict[str, str]:
    return {
        "title": clean(version.title),
        "summary": clean(version.summary),
        "body": clean(version.body),
    }


def facet_values(document: Document) -> dict[str, tuple[str, ...]]:
    """Every exact value; those that are no facets, `kind` and `language` come from the document itself."""
    given = {name: tuple(document.facets.get(name, ())) for name in KEYWORDS}
    own = {"kind": (document.kind,), "language": (document.language,)}
    return given | own | _standing(document)


def _standing(document: Document) -> dict[str, tuple[str, ...]]:
    return {
        "current": IS_CURRENT if document.current else (),
        "taken_up": steps.taken_up(document.adoptions),
        "verified_since": steps.since(document.verified),
        "published_since": steps.since(document.published),
    }


def number_values(document: Document) -> dict[str, int]:
    """The numbers to sort by, and those to limit that are known."""
    limited = {name: value for name in RANGES if (value := getattr(document, name))}
    return {name: getattr(document, name) for name in NUMBERS} | limited


def payload(document: Document) -> dict[str, object]:
    """What a hit needs in order to be shown without asking the database."""
    return {
        "kind": document.kind,
        "item_id": document.item_id,
        "title": document.title,
        "summary": document.summary,
        "language": document.language,
        "url": document.url,
        "display": dict(document.display) | _file_names(document),
    }


def _file_names(document: Document) -> dict[str, list[str]]:
    return {"files": [file.name for file in document.files]} if document.files else {}
