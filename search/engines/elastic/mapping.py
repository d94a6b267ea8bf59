"""The Elasticsearch document, and the name an index gets from it."""

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch.dsl import Document, Index, Keyword, Long, Object, Text

from search import documents
from search.engines.elastic.analysis import ANALYZERS
from search.schema import (
    ANALYSES,
    FOR_WHOM,
    KEYWORDS,
    LANGUAGES,
    NUMBERS,
    PARTS,
    RANGES,
    SNIPPET_PARTS,
    VARIANTS,
    facet_field,
    facet_values,
    number_values,
    payload,
    spoken,
    text_field,
    variants_of,
)

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    # A copy as soon as there is a second node; a single one stays green.
    "auto_expand_replicas": "0-1",
    # Nobody searches an index that is being built.
    "refresh_interval": "-1",
}
# What changes when it is put to use.
IN_USE: dict[str, Any] = {"refresh_interval": "1s"}


def copies(part: str, language: str) -> list[str]:
    """Fields that get the same text without being sent it again."""
    others = [variant for variant in VARIANTS[language] if variant != language]
    # Areas come in both languages; one of them fills the exact field.
    wanted = [name for name in others if not (part == "areas" and language == "fr" and name == "exact")]
    return [text_field(part, variant) for variant in wanted]


def _text(part: str, variant: str) -> Text:
    options: dict[str, Any] = {"analyzer": ANALYZERS[variant]}
    if variant in VARIANTS:
        options["copy_to"] = copies(part, variant)
    if variant in VARIANTS and part in SNIPPET_PARTS:
        # Snippets are then cut without analysing whole bodies again.
        options["index_options"] = "offsets"
    return Text(**options)


def _fields() -> dict[str, Any]:
    names = ("key", "state", "digest", *FOR_WHOM, *map(facet_field, KEYWORDS))
    keywords = {name: Keyword() for name in names}
    numbers = {name: Long() for name in ("cursor", "urgent", "version", *NUMBERS, *RANGES)}
    texts = {text_field(part, variant): _text(part, variant) for part in PARTS for variant in ANALYSES}
    return {**keywords, **numbers, **texts, "payload": Object(enabled=False)}


@cache
def document_class() -> type[Document]:
    """One `elasticsearch.dsl` document for all kinds, built from the shared schema."""
    return type("ItemDocument", (Document,), {**_fields(), "__module__": __name__})


def index_named(name: str, client: Any) -> Index:
    """An index of our shape under this name."""
    index = Index(name, using=client)
    index.settings(**SETTINGS)
    index.document(document_class())
    return index


@cache
def fingerprint() -> str:
    """Changes with the mapping or the analysis: is a rebuild due?"""
    shape = Index("any")
    shape.document(document_class())
    return hashlib.sha256(json.dumps([SETTINGS, shape.to_dict()], sort_keys=True).encode()).hexdigest()[:12]


def source(document: documents.Document) -> dict[str, Any]:
    """The document as Elasticsearch takes it."""
    facets = {facet_field(name): list(values) for name, values in facet_values(document).items()}
    named = {name: list(getattr(document, name)) for name in FOR_WHOM}
    truth = {"version": document.version, "digest": documents.digest(document)}
    found = {**facets, **number_values(document), **_texts(document)}
    return {"key": document.key, "state": "live", **named, **truth, **found, "payload": payload(document)}


def _texts(document: documents.Document) -> dict[str, str]:
    return {
        text_field(part, variant): text
        for language, parts in spoken(document).items()
        for part, text in parts.items()
        for variant in variants_of(part, language)
        if variant in LANGUAGES and text
    }
