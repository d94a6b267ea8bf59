"""Files that come with comments: what is taken, looked into before it is stored, and given out as nothing but a file."""

import re
import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from core.gltf import check_model_file
from core.models import File
from discussions.comments import limits

_PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
# A part that each kind of archive has, so that none is taken for another.
_ARCHIVES = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "zip": "",
}
_TEXTS = {"txt", "csv"}
_MODELS = {"glb", "gltf"}
TAKEN = tuple(sorted({*_PICTURES, *_ARCHIVES, *_TEXTS, *_MODELS, "pdf"}))
_UNSAFE = re.compile(r"[^\w .,()&'’+-]+")


def check(upload: UploadedFile) -> None:
    """Raises ValidationError for a file that is too large, is not what its name says, or unpacks to a bomb."""
    extension = _extension(upload)
    if extension not in TAKEN:
        message = _("“%(name)s” cannot be attached. These can: %(kinds)s.")
        raise ValidationError(message % {"name": upload.name, "kinds": ", ".join(TAKEN)}, code="kind")
    if (upload.size or 0) > limits.MAX_FILE_BYTES:
        message = _("“%(name)s” is larger than %(limit)s MB. Make it smaller, or share a link to it.")
        raise ValidationError(
            message % {"name": upload.name, "limit": limits.MAX_FILE_BYTES // 1024 // 1024}, code="size"
        )
    if not upload.size or not _is_what_it_says(upload, extension):
        message = _("“%(name)s” is not a sound file of its kind. Save it again, then attach that.")
        raise ValidationError(message % {"name": upload.name}, code="disguised")


def _extension(upload: UploadedFile) -> str:
    return PurePath(upload.name or "").suffix.lower().removeprefix(".")


def _is_what_it_says(upload: UploadedFile, extension: str) -> bool:
    file = upload.file
    assert file is not None  # an upload has one
    file.seek(0)
    try:
        if extension == "pdf":
            return bool(file.read(1024).lstrip().startswith(b"%PDF-"))
        if extension in _PICTURES:
            return _is_picture(file, _PICTURES[extension])
        if extension in _ARCHIVES:
            return _is_archive(file, _ARCHIVES[extension])
        if extension in _MODELS:
            return not check_model_file(upload, extension)
        return _is_text(file.read())
    finally:
        file.seek(0)


def _is_picture(file: Any, kind: str) -> bool:
    try:
        with Image.open(file, formats=[kind]) as picture:
            if picture.width * picture.height > limits.MAX_PIXELS:
                return False
            picture.verify()
    except Exception:  # each format's reader has errors of its own
        return False
    return True


def _is_archive(file: Any, part: str) -> bool:
    """Sound, with the part that its kind has, and not a bomb: what it says it holds, and how many parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    sound = (
        len(entries) <= limits.MAX_PARTS and sum(e.file_size for e in entries) <= limits.MAX_UNPACKED_BYTES
    )
    return sound and (not part or any(entry.filename == part for entry in entries))


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # What older office programs write; every byte is a letter there.
        return content.lstrip()[:1] != b"<"
    return True


def store(upload: UploadedFile, by: Any) -> File:
    """Keep a checked file, under a name that the storage makes and a title that is safe to show and to save as."""
    title = safe_name(upload.name or "")
    upload.name = title
    return File.objects.create(title=title, file=upload, uploaded_by_user=by)


def safe_name(name: str) -> str:
    """A file's name without anything that means something to a file system, a header or a page."""
    last = PurePath(name.replace("\\", "/")).name
    stem, dot, extension = last.rpartition(".")
    clean = _UNSAFE.sub("_", stem or "file").strip(" ._") or "file"
    return f"{clean[:80]}{dot}{extension.lower()}"
