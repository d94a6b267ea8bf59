"""The tantivy schema and how a document becomes one of its records."""

import hashlib
import json
from functools import cache
from importlib.metadata import version

import tantivy

from search.documents import Document, Tombstone, digest
from search.schema import (
    ANALYSES,
    FOR_WHOM,
    KEYWORDS,
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
from search.stopwords import ENGLISH, FRENCH

# Raise it when the analysis changes in a way the fields don't show.
REVISION = 2
# Lucene's longest term, in bytes. Tantivy would drop longer ones without a word; we refuse the document
# instead, as Elasticsearch does.
LONGEST_TERM = 32_766


def is_stored(part: str, variant: str) -> bool:
    """Whether snippets need the original text of this field."""
    return part in SNIPPET_PARTS and variant in VARIANTS


@cache
def schema() -> tantivy.Schema:
    """All fields. Facets and labels are raw text, for which tantivy counts terms."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "state", "digest"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*FOR_WHOM, *map(facet_field, KEYWORDS)):
        stored = name == "labels"
        builder.add_text_field(name, stored=stored, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("version", *NUMBERS, *RANGES):
        builder.add_integer_field(name, stored=name == "version", fast=True)
    for part in PARTS:
        for variant in ANALYSES:
            builder.add_text_field(
                text_field(part, variant), stored=is_stored(part, variant), tokenizer_name=variant
            )
    builder.add_text_field("payload", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


@cache
def fingerprint() -> str:
    """Changes whenever an existing index would no longer fit."""
    shape = [REVISION, version("tantivy"), PARTS, ANALYSES, VARIANTS, KEYWORDS, NUMBERS, RANGES, FOR_WHOM]
    words = [sorted(ENGLISH), sorted(FRENCH)]
    return hashlib.sha256(json.dumps([shape, words]).encode()).hexdigest()[:12]


def record(document: Document) -> tantivy.Document:
    """The document as tantivy takes it; raises if it can't be one."""
    out = tantivy.Document()
    out.add_text("key", document.key)
    out.add_text("state", "live")
    out.add_text("digest", digest(document))
    out.add_integer("version", document.version)
    out.add_text("payload", json.dumps(payload(document), ensure_ascii=True))
    for name, number in number_values(document).items():
        out.add_integer(name, number)
    _add_terms(out, document)
    _add_prose(out, document)
    return out


def gravestone(tombstone: Tombstone) -> tantivy.Document:
    """What stays of a deleted item: its key and version, without labels or text."""
    out = tantivy.Document()
    out.add_text("key", tombstone.key)
    out.add_text("state", "gone")
    out.add_integer("version", tombstone.version)
    return out


def _add_terms(out: tantivy.Document, document: Document) -> None:
    named = {name: getattr(document, name) for name in FOR_WHOM}
    fields = {facet_field(name): values for name, values in facet_values(document).items()}
    for field, values in {**named, **fields}.items():
        for value in values:
            if len(value.encode()) > LONGEST_TERM:
                raise ValueError(f"{field}: a value is longer than {LONGEST_TERM} bytes")
            out.add_text(field, value)


def _add_prose(out: tantivy.Document, document: Document) -> None:
    for language, parts in spoken(document).items():
        for part, text in parts.items():
            for variant in variants_of(part, language):
                if text:
                    out.add_text(text_field(part, variant), text)
