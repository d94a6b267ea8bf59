"""Pictures and documents travel as files in a folder beside the export, named by their content."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from core.forms import PictureFileField
from library.interchange.problems import Refusal
from members.roles.models import Workplace

FOLDER = "files"
MAX_BYTES = 50 * 1024 * 1024
_DETAILS = ("title", "description", "credit")


def describe(item: Any) -> dict[str, str]:
    """Return how a record refers to a picture or document."""
    suffix = Path(item.file.name).suffix.lower()
    reference = {"file": f"{FOLDER}/{item.get_file_hash()}{suffix}"}
    return reference | {name: getattr(item, name) for name in _DETAILS if getattr(item, name, "")}


def copy_out(item: Any, folder: Path) -> None:
    """Write the file of a picture or document below `folder`."""
    target = folder / describe(item)["file"]
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with item.file.storage.open(item.file.name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)


class FileSource:
    """Finds the files that records refer to; makes pictures and documents of those that are new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.made: list[Any] = []

    def take(self, reference: Any, model: Any) -> Any:
        """Return the picture or document for a reference. Raises Refusal saying what to do."""
        reference = {"file": reference} if isinstance(reference, str) else reference
        if not isinstance(reference, dict) or not isinstance(reference.get("file"), str):
            raise Refusal(_("Give the path of a file, for example files/photo.jpg."))
        path = self._path(reference["file"])
        details = self._details(reference, path, model)
        item = model(**details, file=ContentFile(path.read_bytes(), name=path.name))
        item._set_file_hash()
        same = model.objects.filter(file_hash=item.file_hash, **details).first()
        return same or self._make(item, path)

    def discard(self) -> None:
        """Remove the files of items that were made since the last `keep`."""
        for item in self.made:
            item.file.storage.delete(item.file.name)
        self.keep()

    def belong_to(self, municipality: Any) -> None:
        """Put what was made into the municipality's own collection, where it has one."""
        place = Workplace.objects.filter(municipality=municipality).first() if self.made else None
        if place is None:
            return
        for item in self.made:
            item.collection = place.collection
            item.save(update_fields=["collection"])

    def keep(self) -> None:
        """Say that what was made so far stays."""
        self.made = []

    def _path(self, name: str) -> Path:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise Refusal(
                _("The file “%(name)s” is outside the folder of the import. Put it inside.") % {"name": name}
            )
        if not path.is_file():
            raise Refusal(
                _("There is no file “%(name)s” beside the import. Add it or remove it here.") % {"name": name}
            )
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(_("The file “%(name)s” is larger than 50 MB. Make it smaller.") % {"name": name})
        return path

    def _details(self, reference: dict[str, Any], path: Path, model: Any) -> dict[str, str]:
        known = [name for name in _DETAILS if hasattr(model, name)]
        details = {name: str(reference.get(name) or "") for name in known}
        return details | {"title": details["title"] or path.stem}

    def _make(self, item: Any, path: Path) -> Any:
        check = _check_picture if isinstance(item, get_image_model()) else _check_document
        try:
            check(item, path)
            item.full_clean(exclude=["uploaded_by_user", "collection"])
        except ValidationError as error:
            raise Refusal(*(f"{path.name}: {message}" for message in error.messages)) from error
        item.file_size = path.stat().st_size
        item.save()
        self.made.append(item)
        return item


def _check_picture(item: Any, path: Path) -> None:
    PictureFileField().clean(SimpleUploadedFile(path.name, path.read_bytes()))


def _check_document(item: Any, path: Path) -> None:
    allowed = settings.WAGTAILDOCS_EXTENSIONS
    if path.suffix.lower().lstrip(".") not in allowed:
        raise ValidationError(_("Use one of these kinds of file: %(kinds)s.") % {"kinds": ", ".join(allowed)})
