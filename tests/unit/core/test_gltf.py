"""3-D files that are not what they say are refused with what to do."""

import io
import json
import struct

import pytest

from core.gltf import MAX_BYTES, check_model_file


def glb(document: object, *, version: int = 2, length: int | None = None) -> bytes:
    body = json.dumps(document).encode()
    body += b" " * (-len(body) % 4)
    total = 12 + 8 + len(body)
    return (
        struct.pack("<4sIII4s", b"glTF", version, total if length is None else length, len(body), b"JSON")
        + body
    )


GOOD = {"asset": {"version": "2.0"}}


def test_check_model_file_good():
    assert check_model_file(io.BytesIO(glb(GOOD)), "glb") is None
    assert check_model_file(io.BytesIO(json.dumps(GOOD).encode()), "gltf") is None


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"", "glb"),
        (b"PK\x03\x04 not a model at all, a zip", "glb"),
        (glb(GOOD, version=1), "glb"),
        (glb(GOOD, length=99), "glb"),
        (glb(GOOD)[:-4], "glb"),
        (glb([]), "glb"),
        (glb({"asset": {"version": "1.0"}}), "glb"),
        (b"{", "gltf"),
        (b"[" * 100_000, "gltf"),
        (b"<html></html>", "gltf"),
    ],
)
def test_check_model_file_bad_says_what_to_do(data, extension):
    problem = check_model_file(io.BytesIO(data), extension)
    assert problem
    assert "xport" in problem


def test_check_model_file_with_other_files_names_them():
    document = GOOD | {"buffers": [{"uri": "walls.bin", "byteLength": 4}]}
    assert "walls.bin" in check_model_file(io.BytesIO(glb(document)), "glb")


def test_check_model_file_too_large():
    assert "25 MB" in check_model_file(io.BytesIO(b"glTF" + b"\0" * MAX_BYTES), "glb")


def test_check_model_file_leaves_the_file_rewound():
    file = io.BytesIO(glb(GOOD))
    check_model_file(file, "glb")
    assert file.tell() == 0
