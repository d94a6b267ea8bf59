"""Files that are not what they say, or too much, are refused with what to do; nothing is half stored."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.models import File, Picture
from tests.factories import make_person
from tests.unit.core.test_gltf import GOOD, glb

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, index):
    client.force_login(make_person(is_superuser=True))
    return client


def upload(editor, address, name, data, content_type="application/octet-stream"):
    file = SimpleUploadedFile(name, data, content_type=content_type)
    return editor.post(address, {"title": "A file", "file": file, "collection": "1"})


def png_header_claiming(width, height):
    """A few bytes that claim to be a huge picture."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def small_png():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def test_model_is_taken(editor):
    upload(editor, "/admin/documents/add/", "house.glb", glb(GOOD))
    assert File.objects.get().is_model


@pytest.mark.parametrize("data", [b"MZ\x90 not a model", glb({"asset": {"version": "1.0"}}), b""])
def test_model_that_is_none_is_refused(editor, data):
    response = upload(editor, "/admin/documents/add/", "house.glb", data)
    assert response.status_code == 200
    assert not File.objects.exists()


def test_model_that_is_none_says_what_to_do(editor):
    response = upload(editor, "/admin/documents/add/", "house.glb", b"PK\x03\x04 a zip")
    assert "Export the model as" in response.content.decode()


def test_unknown_kind_of_file_is_refused(editor):
    upload(editor, "/admin/documents/add/", "run.exe", b"MZ")
    assert not File.objects.exists()


def test_picture_is_taken(editor):
    upload(editor, "/admin/images/add/", "town.png", small_png(), "image/png")
    assert Picture.objects.count() == 1


def test_picture_bomb_is_refused_with_the_limit(editor):
    response = upload(
        editor, "/admin/images/add/", "bomb.png", png_header_claiming(30_000, 30_000), "image/png"
    )
    assert "pixels" in response.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 9, small_png()[:60]],
    ids=["svg", "gif", "truncated"],
)
def test_picture_that_is_none_is_refused(editor, data):
    upload(editor, "/admin/images/add/", "town.png", data, "image/png")
    assert not Picture.objects.exists()


def test_document_is_served_to_be_kept_not_run(editor, client):
    upload(editor, "/admin/documents/add/", "notes.txt", b"<script>alert(1)</script>", "text/plain")
    response = client.get(File.objects.get().url)
    assert response.getvalue() == b"<script>alert(1)</script>"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in response["Content-Security-Policy"]
        or "default-src 'none'" in response["Content-Security-Policy"]
    )
    assert response["Content-Disposition"].startswith("attachment")
