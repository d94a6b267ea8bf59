"""What turning values into plain ones and back needs to know about everything else."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from library.interchange import files
from library.interchange.nearest import fold, nearest, quoted
from library.interchange.problems import Refusal, UnresolvedError
from library.models import ServiceArea
from library.registry import kinds
from members.audience import Reader
from members.models import MunicipalityPage

# A page that is not an item of the library goes by its place in the tree.
_BY_PATH = "page:"


class Writing:
    """For export: who reads, and where files go. Without a folder, files are only named."""

    def __init__(self, reader: Reader | None = None, folder: Path | None = None) -> None:
        self.reader = reader
        self.folder = folder
        self._identifiers: dict[int, str | None] = {}

    def name_of(self, pk: int) -> str | None:
        """Return how a record refers to a page; None where this reader may not know of it."""
        if pk not in self._identifiers:
            self._identifiers[pk] = self._find(pk)
        return self._identifiers[pk]

    def file(self, model: Any, pk: int) -> dict[str, str] | None:
        """Return the reference to a picture or document, writing its file if there is a folder."""
        item = model.objects.filter(pk=pk).first()
        if item is not None and self.folder is not None:
            files.copy_out(item, self.folder)
        return files.describe(item) if item is not None else None

    def _find(self, pk: int) -> str | None:
        for model in kinds().values():
            items = model.objects.filter(pk=pk)
            if items.exists():
                seen = items if self.reader is None else items.visible_to(self.reader)
                return seen.values_list("identifier", flat=True).first()
        path = Page.objects.filter(pk=pk).values_list("url_path", flat=True).first()
        return f"{_BY_PATH}{path}" if path else None


class Reading:
    """For import: finds what names in a file mean. Names of places are read once for a run."""

    def __init__(self, folder: Path) -> None:
        self.files = files.FileSource(folder)
        self._areas: dict[str, ServiceArea] = {}
        self._municipalities: dict[str, list[tuple[int, str]]] = {}

    def area(self, text: str) -> ServiceArea:
        """Return the service area of this code, slug, English or French label."""
        if not self._areas:
            self._areas = _area_names(ServiceArea.objects.all())
        found = self._areas.get(fold(text))
        if found is None:
            labels = [name for area in self._areas.values() for name in (area.label_en, area.label_fr)]
            raise Refusal(_not_found(_("There is no service area “%(name)s”."), text, labels))
        return found

    def municipality(self, text: str) -> MunicipalityPage:
        """Return the municipality of this official or short name."""
        found = self._names().get(fold(text), [])
        if not found:
            names = [name for rows in self._names().values() for _pk, name in rows]
            raise Refusal(_not_found(_("There is no municipality “%(name)s”."), text, names))
        if len(found) > 1:
            message = _("“%(name)s” may be one of several: write %(names)s.")
            raise Refusal(message % {"name": text, "names": quoted(name for _pk, name in found)})
        return MunicipalityPage.objects.get(pk=found[0][0])

    def forget_municipalities(self) -> None:
        """Read the names again: one was added."""
        self._municipalities = {}

    def page(self, name: str) -> Page:
        """Return the page that a record refers to by identifier or place."""
        for model in kinds().values():
            pk = model.objects.filter(identifier=name).values_list("pk", flat=True).first()
            if pk is not None:
                return Page.objects.get(pk=pk)
        place = name.removeprefix(_BY_PATH) if name.startswith(_BY_PATH) else None
        page = Page.objects.filter(url_path=place).first() if place else None
        if page is None:
            message = _(
                "There is no item with the identifier “%(name)s”. Import that one first or correct it."
            )
            raise UnresolvedError(message % {"name": name}, name)
        return page

    def _names(self) -> dict[str, list[tuple[int, str]]]:
        if not self._municipalities:
            rows = MunicipalityPage.objects.values_list("pk", "official_name", "title")
            official = {fold(name): [(pk, name)] for pk, name, _title in rows}
            for pk, name, title in rows:
                self._municipalities.setdefault(fold(title), []).append((pk, name))
            self._municipalities |= official
        return self._municipalities


def _area_names(areas: Iterable[ServiceArea]) -> dict[str, ServiceArea]:
    rows = list(areas)
    names: dict[str, ServiceArea] = {}
    for attribute in ("code", "slug", "label_en", "label_fr"):
        for area in rows:
            names.setdefault(fold(getattr(area, attribute)), area)
    return names


def _not_found(start: str, text: str, names: Iterable[str]) -> str:
    near = nearest(text, names)
    message = start % {"name": text}
    return f"{message} " + (
        _("Did you mean %(names)s?") % {"names": quoted(near)} if near else _("Correct the name.")
    )
