"""The neutral form of an item: a dict of plain JSON values, the same for every format."""

from typing import Any

from django.db import models

from library.interchange import schema
from library.interchange.context import Reading, Writing
from library.interchange.problems import Refusal
from library.interchange.values import Moment, from_cell

Record = dict[str, Any]
_PUBLISHED = Moment(models.DateTimeField(name="first_published_at"))


def to_record(page: Any, writing: Writing | None = None) -> Record:
    """Return everything that an item says, in plain values. The other way round is `assign`."""
    writing = writing or Writing()
    plain = {name: column.codec.encode(page, writing) for name, column in schema.columns(page.kind).items()}
    plain |= {
        "kind": page.kind,
        "municipality": page.municipality.official_name,
        "live": page.live,
        "published": _PUBLISHED.encode(page, writing),
    }
    return {name: plain[name] for name in schema.names(page.kind)}


def assign(page: Any, record: Record, reading: Reading, seed: str) -> dict[str, Refusal]:
    """Put what a record says on the page, leaving the rest. Return what is wrong, by field.

    `live` and the municipality are places in the tree and states: the importer's business.
    """
    problems: dict[str, Refusal] = {}
    columns = schema.columns(page.kind)
    for name, value in record.items():
        column = columns.get(name)
        if column is None and name != "published":
            continue
        codec = column.codec if column else _PUBLISHED
        try:
            value = from_cell(value) if column and column.is_list else value
            codec.assign(page, codec.decode(value, reading, page, seed))
        except Refusal as refusal:
            problems[name] = refusal
    return problems
