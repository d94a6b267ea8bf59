"""Arbitrary valid records of any kind, made from the schema: a new field or kind is tested without an edit."""

import string
from typing import Any

from django.db import models
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock

from library.interchange import schema, values
from library.interchange.streams import Stream, compact

HOSTILE = [
    "=1+1", "@SUM(A1)", "+1", "-1", "'=x", "''", "'json:\"x\"", "- a", "a: b", "# c", "---", "...", "no", "~", "null",
    "1.10", "007", "2026-01-31", "true", "[1]", "{a}", "&a", "*a", "!!python", "%x", "`", "\"q\"", "|\n x", ">",
    "## Problem\n\ntext", "a\n\n## Lessons\nb\n", "\n", " x ", "a\r\nb", "\rb", "\ttab", "a\n---\nb", "Élève « à »",
    "x\x85y", "\u2028", "\ufeffx", "_x000D_", "a;b", "a,b", "\U0001f68b", "```\n## Problem\n```", "\x0b", "\ufffe",
]  # fmt: skip
_ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def texts(limit: int = 80, *, filled: bool = False) -> st.SearchStrategy[str]:
    """Any text that a database holds, often one that some format finds hard."""
    short = [text for text in HOSTILE if len(text) < limit]
    found = st.one_of(st.text(_ANY, max_size=min(limit, 60) - 1), st.sampled_from(short))
    return found.map(lambda text: f"é{text}"[:limit]) if filled else found


def records(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Records of a kind with a new identifier each; references to other pages are tested by hand."""
    fields = {name: _field(column) for name, column in schema.columns(kind).items()}
    own = {
        "kind": st.just(kind),
        "municipality": st.just("Town of Innisfil"),
        "live": st.booleans(),
        "published": st.just("2020-02-03T04:05:06+00:00"),
        "identifier": st.uuids().map(lambda u: f"iu-{u.hex}"),
        "slug": st.uuids().map(lambda u: u.hex),
        "gate": st.sampled_from(["", "yes", "ai"]),
    }
    fields |= {name: found for name, found in own.items() if name in schema.names(kind)}
    dates = [name for name in ("started", "went_live", "ended") if name in fields]
    return st.fixed_dictionaries(fields).map(lambda record: _for_groups(_in_order(record, dates)))


def _for_groups(record: dict[str, Any]) -> dict[str, Any]:
    """Groups are named by what is for groups, and by nothing else."""
    return record if record.get("audience") == "group" else record | {"groups": []}


def _in_order(record: dict[str, Any], dates: list[str]) -> dict[str, Any]:
    days = iter(sorted(record[name] for name in dates if record[name]))
    return record | {name: next(days) for name in dates if record[name]}


def _field(column: Any) -> st.SearchStrategy[Any]:
    codec, field = column.codec, column.codec.field
    if isinstance(codec, Stream):
        return _stream(field.stream_block, filled=column.required)
    if isinstance(codec, values.ServiceAreas):
        return st.sampled_from([["TRN-02"], ["GOV-03", "TRN-02"]])
    if isinstance(codec, values.WorkingGroups):
        return st.sampled_from([["winter-roads"], ["libraries", "winter-roads"]])
    if isinstance(codec, values.Tags):
        return st.lists(texts(30, filled=True), max_size=3, unique_by=str.casefold).map(_tags)
    if isinstance(codec, values.PageReferences):
        return st.just([])
    return _scalar(codec, field, column.required)


def _tags(tags: list[str]) -> list[str]:
    return sorted({tag.strip() for tag in tags})


def _scalar(codec: Any, field: Any, required: bool) -> st.SearchStrategy[Any]:
    if isinstance(codec, values.PageReference):
        return st.none()
    if isinstance(codec, values.Choice):
        stored = [value for value, _label in field.choices if value]
        return st.sampled_from(stored if not field.blank else ["", *stored])
    if isinstance(codec, values.Boolean):
        return st.booleans()
    if isinstance(codec, values.Date):
        return st.none() | st.dates().map(lambda day: day.isoformat())
    if isinstance(codec, values.Number):
        return st.none() | _number(field)
    return _text_field(field, required)


def _number(field: Any) -> st.SearchStrategy[Any]:
    if isinstance(field, models.DecimalField):
        return st.integers(0, 9999).map(lambda n: f"{n // 10}.{n % 10}".removesuffix(".0"))
    return st.integers(0, 3000)


def _text_field(field: Any, required: bool) -> st.SearchStrategy[str]:
    if isinstance(field, models.URLField):
        return st.sampled_from(["", "https://example.org/a?b=c&d=é"])
    if isinstance(field, models.EmailField):
        return st.sampled_from(["", "transit@example.org"])
    if isinstance(field, models.SlugField):
        return st.text(string.ascii_lowercase, min_size=3, max_size=20)
    return texts(min(field.max_length or 80, 80), filled=required or not field.blank)


def _stream(block: Any, *, filled: bool) -> st.SearchStrategy[list[Any]]:
    limit = min(block.meta.max_num or 3, 3)
    simple = [_part(block, name, child) for name, child in block.child_blocks.items() if _simple(child)]
    if not simple:
        # Pictures and files only: their way out and back is tested by hand.
        return st.just([])
    parts = st.one_of(simple)
    found = st.lists(parts, min_size=1 if filled else 0, max_size=limit)
    return found.flatmap(_with_ids)


def _with_ids(parts: list[dict[str, Any]]) -> st.SearchStrategy[list[Any]]:
    return st.just([{"id": f"block-{place}", **part} for place, part in enumerate(parts)])


def _part(stream: Any, name: str, block: Any) -> st.SearchStrategy[dict[str, Any]]:
    if compact(stream):
        return _value(block)
    return _value(block).map(lambda value: {"type": name, "value": value})


def _simple(block: Any) -> bool:
    below = list(getattr(block, "child_blocks", {}).values())
    return not isinstance(block, DocumentChooserBlock | ImageChooserBlock) and all(map(_simple, below))


def _value(block: Any) -> st.SearchStrategy[Any]:
    if isinstance(block, blocks.StructBlock):
        fields = {name: _value(child) for name, child in block.child_blocks.items()}
        return st.fixed_dictionaries(fields).map(lambda v: {n: x for n, x in v.items() if x not in ("", [])})
    if isinstance(block, blocks.ListBlock):
        return st.lists(_value(block.child_block), max_size=2)
    return _leaf(block)


def _leaf(block: Any) -> st.SearchStrategy[Any]:
    if isinstance(block, EmbedBlock):
        return st.just("https://www.youtube.com/watch?v=abc")
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([value for value, _label in block.field.choices if value])
    if isinstance(block, blocks.DateBlock):
        return st.dates().map(lambda day: day.isoformat())
    required = block.field.required
    limit = min(block.field.max_length or 60, 60)
    return texts(limit, filled=True) if required else st.just("") | texts(limit, filled=True)
