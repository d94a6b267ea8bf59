"""Is this file the 3-D model it says it is?

Format: glTF 2.0 specification, https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html
(sections 4.4 "GLB file format" and 3.2 "Asset").
"""

import json
import struct
from typing import IO, Any

from django.utils.translation import gettext as _

MAX_BYTES = 25 * 1024 * 1024
_HEADER = struct.Struct("<4sII")
_CHUNK = struct.Struct("<I4s")


class NotAModelError(ValueError):
    """The bytes are not a usable glTF model; the message says what to do."""


def check_model_file(file: IO[bytes] | Any, extension: str) -> str | None:
    """Return what is wrong with the model in plain words, or None. Leaves the file rewound."""
    try:
        file.seek(0)
        data = file.read(MAX_BYTES + 1)
        document = _glb_json(data) if extension == "glb" else _parse(data)
        _check_document(document)
    except NotAModelError as problem:
        return str(problem)
    finally:
        file.seek(0)
    return None


def _glb_json(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise NotAModelError(
            _("The 3-D model is larger than 25 MB. Export it with fewer or smaller textures.")
        )
    if len(data) < _HEADER.size + _CHUNK.size or data[:4] != b"glTF":
        raise NotAModelError(_("This is not a GLB file. Export the model as “glTF 2.0 binary (.glb)”."))
    _magic, version, length = _HEADER.unpack_from(data)
    chunk_length, chunk_type = _CHUNK.unpack_from(data, _HEADER.size)
    start = _HEADER.size + _CHUNK.size
    if version != 2 or length != len(data) or chunk_type != b"JSON" or start + chunk_length > len(data):
        raise NotAModelError(_("The GLB file is damaged or not version 2. Export it again as glTF 2.0."))
    return _parse(data[start : start + chunk_length])


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAModelError(
            _("This is not a glTF file. Export the model as “glTF 2.0 binary (.glb)”.")
        ) from error


def _check_document(document: Any) -> None:
    asset = document.get("asset") if isinstance(document, dict) else None
    if not isinstance(asset, dict) or not str(asset.get("version", "")).startswith("2."):
        raise NotAModelError(_("The model does not say that it is glTF 2.0. Export it again as glTF 2.0."))
    for part in (*_entries(document, "buffers"), *_entries(document, "images")):
        uri = part.get("uri", "")
        if uri and not str(uri).startswith("data:"):
            raise NotAModelError(
                _(
                    "The model refers to other files (%(name)s). Export it as one .glb file with everything inside."
                )
                % {"name": str(uri)[:80]}
            )


def _entries(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = document.get(name, [])
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
