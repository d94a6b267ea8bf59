"""StreamFields as plain lists and dicts that people can read and write by hand.

A stream with one sort of block is a list of its values, each with the block's `id`; a stream
with several sorts keeps `type`, `value` and `id`. What is empty is left out. Pictures and
documents become references to files; ids stay, since adopters' progress hangs on them.
"""

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock

from library.interchange.context import Reading, Writing
from library.interchange.nearest import nearest, quoted
from library.interchange.problems import Refusal
from library.interchange.values import Codec, checked_text, match_choice, parse_day

_IDS = uuid.UUID("6f0c5f5e-3d0b-4c57-9d5a-0d6b8d0f2a11")
_FILES = (DocumentChooserBlock, ImageChooserBlock)
_EMPTY: tuple[Any, ...] = ("", None, [], {})


class Stream(Codec):
    """A StreamField."""

    def encode(self, page: Any, writing: Writing) -> Any:
        raw = getattr(page, self.name).get_prep_value()
        return to_plain(self.field.stream_block, json.loads(json.dumps(raw, cls=DjangoJSONEncoder)), writing)

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        block = self.field.stream_block
        raw = from_plain(block, [] if value in (None, "") else value, reading, "")
        _give_ids(raw, [child.id for child in getattr(page, self.name)], f"{seed}/{self.name}")
        stream = block.to_python(raw)
        check(block, stream, required=not self.field.blank)
        return stream


def compact(block: Any) -> Any:
    """Return the only sort of block in a stream, if a list of its values says it all."""
    children = list(block.child_blocks.values())
    plain = len(children) == 1 and isinstance(children[0], blocks.StructBlock)
    return children[0] if plain and "id" not in children[0].child_blocks else None


def to_plain(block: Any, raw: Any, writing: Writing) -> Any:
    """Return the stored form of a block's value as plain JSON."""
    if isinstance(block, blocks.StreamBlock):
        return [_child_to_plain(block, child, writing) for child in raw or []]
    if isinstance(block, blocks.ListBlock):
        return [to_plain(block.child_block, _item(child), writing) for child in raw or []]
    if isinstance(block, blocks.StructBlock):
        plain = {n: to_plain(b, (raw or {}).get(n), writing) for n, b in block.child_blocks.items()}
        return {n: v for n, v in plain.items() if v not in _EMPTY or not _defaults_to_empty(block, n)}
    if isinstance(block, _FILES):
        return writing.file(block.model_class, raw) if raw else None
    if isinstance(block, blocks.PageChooserBlock):
        return writing.name_of(raw) if raw else None
    return raw


def from_plain(block: Any, plain: Any, reading: Reading, where: str) -> Any:
    """Return what people wrote in the stored form. Raises Refusal naming the place."""
    try:
        return _from_plain(block, plain, reading, where)
    except Refusal as refusal:
        if refusal.messages[0].startswith(where):
            raise
        raise Refusal(*(f"{where}: {message}" for message in refusal.messages)) from refusal


def _from_plain(block: Any, plain: Any, reading: Reading, where: str) -> Any:
    if isinstance(block, blocks.StreamBlock):
        parts = enumerate(_list(plain), start=1)
        return [_child_from_plain(block, part, reading, f"{where}[{n}]") for n, part in parts]
    if isinstance(block, blocks.ListBlock):
        parts = enumerate(_list(plain), start=1)
        return [from_plain(block.child_block, _item(part), reading, f"{where}[{n}]") for n, part in parts]
    if isinstance(block, blocks.StructBlock):
        return _struct_from_plain(block, plain, reading, where)
    if isinstance(block, _FILES):
        return reading.files.take(plain, block.model_class).pk if plain not in _EMPTY else None
    return _leaf_from_plain(block, plain, reading)


def _leaf_from_plain(block: Any, plain: Any, reading: Reading) -> Any:
    if isinstance(block, blocks.PageChooserBlock):
        return reading.page(checked_text(plain)).pk if plain else None
    if isinstance(block, blocks.ChoiceBlock):
        return match_choice(plain, list(block.field.choices)) if plain not in _EMPTY else plain
    if isinstance(block, blocks.DateBlock):
        return parse_day(checked_text(plain)).isoformat() if plain not in _EMPTY else None
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock)):
        return checked_text(plain)
    return plain


def _list(plain: Any) -> list[Any]:
    if not isinstance(plain, list):
        raise Refusal(_("Write a list here; see docs/how-to/import-and-export.md for its form."))
    return plain


def _item(child: Any) -> Any:
    return child["value"] if isinstance(child, dict) and {"type", "value"} <= child.keys() else child


def _child_to_plain(block: Any, child: Any, writing: Writing) -> Any:
    kind = child["type"]
    plain = to_plain(block.child_blocks[kind], child["value"], writing)
    if compact(block):
        return {"id": child["id"], **plain}
    return {"id": child["id"], "type": kind, "value": plain}


def _child_from_plain(block: Any, part: Any, reading: Reading, where: str) -> Any:
    names = list(block.child_blocks)
    if isinstance(part, dict) and compact(block) and not {"type", "value"} <= part.keys():
        value = {name: plain for name, plain in part.items() if name != "id"}
        part = {"type": names[0], "value": value, "id": part.get("id")}
    if not isinstance(part, dict) or "value" not in part or part.get("type") not in names:
        found = part.get("type") if isinstance(part, dict) else part
        message = _("%(where)s: give `type` (one of %(types)s) and `value`, not “%(found)s”.")
        raise Refusal(message % {"where": where, "types": quoted(names), "found": str(found)[:60]})
    kind = part["type"]
    raw = from_plain(block.child_blocks[kind], part["value"], reading, where)
    return {"type": kind, "value": raw, "id": checked_text(part.get("id")) or None}


def _struct_from_plain(block: Any, plain: Any, reading: Reading, where: str) -> Any:
    if not isinstance(plain, dict):
        keys = quoted(block.child_blocks)
        raise Refusal(_("%(where)s: write names and values: %(keys)s.") % {"where": where, "keys": keys})
    _refuse_unknown(block, plain, where)
    return {
        name: from_plain(child, plain[name], reading, f"{where}.{name}")
        if name in plain
        else child.get_prep_value(child.get_default())
        for name, child in block.child_blocks.items()
    }


def _refuse_unknown(block: Any, plain: dict[str, Any], where: str) -> None:
    for name in plain:
        if name not in block.child_blocks:
            near = nearest(str(name), block.child_blocks) or list(block.child_blocks)
            message = _("%(where)s: there is no “%(name)s” here. Did you mean %(near)s?")
            raise Refusal(message % {"where": where, "name": str(name)[:60], "near": quoted(near)})


def _defaults_to_empty(block: Any, name: str) -> bool:
    child = block.child_blocks[name]
    return child.get_prep_value(child.get_default()) in _EMPTY


def _give_ids(raw: list[dict[str, Any]], existing: list[Any], seed: str) -> None:
    """Blocks written without an id keep the one that stands in their place, or get one that repeats."""
    given = [child["id"] for child in raw if child["id"]]
    if len(given) != len(set(given)):
        raise Refusal(_("Two blocks have the same id. Give each its own, or none."))
    for place, child in enumerate(raw):
        inherited = existing[place] if not given and place < len(existing) else None
        child["id"] = child["id"] or inherited or str(uuid.uuid5(_IDS, f"{seed}/{place}"))


def check(block: Any, value: Any, *, required: bool) -> None:
    """Validate as the editing form would, but without asking the network about videos."""
    try:
        if required and not value:
            raise Refusal(_("At least one is needed."))
        _clean(block, value)
    except ValidationError as error:
        raise Refusal(*_messages(error)) from error


def _clean(block: Any, value: Any) -> None:
    if isinstance(block, EmbedBlock):
        URLValidator(schemes=["http", "https"])(value.url if value else "")
    elif not _has_video(block):
        block.clean(value)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            _clean(child.block, child.value)
    else:
        for name, child in block.child_blocks.items():
            _clean(child, value.get(name))


def _has_video(block: Any) -> bool:
    below = getattr(block, "child_blocks", None)
    below = list(below.values()) if below else [block.child_block] if hasattr(block, "child_block") else []
    return isinstance(block, EmbedBlock) or any(_has_video(child) for child in below)


def _messages(error: ValidationError, where: str = "") -> list[str]:
    below: dict[Any, Any] = getattr(error, "block_errors", None) or {}
    if isinstance(below, list):
        below = dict(enumerate(below))
    found = [
        message
        for name, inner in below.items()
        if inner is not None
        for message in _messages(
            inner, f"{where}[{name + 1}]" if isinstance(name, int) else f"{where}.{name}"
        )
    ]
    own = getattr(error, "non_block_errors", None)
    if isinstance(error, StreamBlockValidationError) or below:
        texts = list(own.messages if isinstance(own, ValidationError) else own or [])
        return [*found, *(str(text) for text in texts)]
    return [f"{where}: {message}".removeprefix(": ") for message in error.messages]
