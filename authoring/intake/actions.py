"""Beginning an item from a document: one transaction after the file was read."""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Collection

from authoring import drafts
from authoring.capture import actions as capture
from authoring.intake import sorting
from authoring.models import BroughtPicture, Draft, Leftover
from core.attachments.extract import Outcome, take_apart
from core.forms import PictureFileField
from core.markdown import validate
from core.models import Picture
from library.models import LibraryPage
from members.models import Person, Workplace
from members.refusal import Refused


@dataclass(frozen=True)
class Report:
    """What became of the document."""

    placed: int = 0
    left_over: int = 0
    pictures: int = 0
    left_out: int = 0

    def sentence(self) -> str:
        """In words, for whoever brought it."""
        said = [
            ngettext("%(n)d field was filled in.", "%(n)d fields were filled in.", self.placed),
            ngettext(
                "%(n)d part has no place yet: see “Left over”.",
                "%(n)d parts have no place yet: see “Left over”.",
                self.left_over,
            ),
            ngettext(
                "%(n)d picture came along: say what is on it.",
                "%(n)d pictures came along: say what is on them.",
                self.pictures,
            ),
        ]
        counts = (self.placed, self.left_over, self.pictures)
        told = [text % {"n": count} for text, count in zip(said, counts, strict=True) if count]
        if self.left_out:
            told.append(_("Something was too large to take over: compare with your document."))
        return " ".join(told) or _("Your draft is there already.")


def take(
    *, by: Person, town: Any, key: UUID, file: Any, text: str, language: str, author: capture.Author | None
) -> tuple[LibraryPage, Report]:
    """Read a file or text and begin a draft with what is in it. Raises Refused, and says what to do instead."""
    known = Draft.objects.filter(key=key).first()
    parts = [] if known else [*(_read(file) if file else ()), *sorting.from_text(text)]
    found = sorting.sort(part for part in parts if part["kind"] not in {"picture", "left_out"})
    pictures = [part for part in parts if part["kind"] == "picture"]
    with transaction.atomic():
        page = capture.begin(by=by, town=town, key=key, values=_first(found, file, language), author=author)
        # Sent twice: the first one has taken it all.
        if known or page.leftovers.exists() or page.brought_pictures.exists():
            return page, Report()
        kept = sum(_bring(page, part, by) for part in pictures)
        _leave(page, found)
        _fill(page, found, by)
    left_out = len(parts) and sum(part["kind"] == "left_out" for part in parts) + len(pictures) - kept
    return page, Report(len(found.values) + bool(found.outcomes), len(found.left_over), kept, left_out)


_WHY = {
    Outcome.LOCKED: gettext_lazy("This file asks for a password. Save it without one, or paste its text."),
    Outcome.EMPTY: gettext_lazy("There is no text in this file: it may be a scan. Paste the text instead."),
    Outcome.TOO_LARGE: gettext_lazy(
        "This file needs too much memory or time to read. Paste its text instead."
    ),
}


def _read(file: Any) -> list[dict[str, Any]]:
    outcome, parts = take_apart(file, file.name.rpartition(".")[2])
    if outcome == Outcome.READ and all(part["kind"] == "picture" for part in parts):
        outcome = Outcome.EMPTY
    if outcome != Outcome.READ:
        damaged = _(
            "This file could not be read: it may be damaged, or not what its name says. Save it anew, or paste its text."
        )
        raise Refused(str(_WHY.get(outcome, damaged)))
    return parts


def _first(found: sorting.Sorted, file: Any, language: str) -> dict[str, Any]:
    name = file.name.rpartition(".")[0].replace("_", " ") if file else ""
    title = found.values.get("title") or name or _("Draft without a title")
    return {"title": title[:255], "language": language}


def _fill(page: LibraryPage, found: sorting.Sorted, by: Person) -> None:
    for name, value in found.values.items():
        try:
            validate(str(value))
        except ValidationError:
            Leftover.objects.create(page_id=page.pk, heading=name, text=value)
        else:
            setattr(page, name, value)
    page.outcomes = [("outcome", {**row, "evidence": "self-reported"}) for row in found.outcomes]
    drafts.write(page, by=by)


def _leave(page: LibraryPage, found: sorting.Sorted) -> None:
    Leftover.objects.bulk_create(
        Leftover(page_id=page.pk, heading=heading, text=text) for heading, text in found.left_over
    )


def _bring(page: LibraryPage, part: dict[str, Any], by: Person) -> int:
    """A picture that is one, in the municipality's own collection; what can't be shown is left out."""
    data = base64.b64decode(part["data"])
    name = f"{page.slug[:60]}.{_ending(data)}"
    try:
        checked = PictureFileField().clean(ImageFile(BytesIO(data), name=name))
    except ValidationError:
        return 0
    place = Workplace.objects.filter(municipality=page.municipality_id).first()
    collection = place.collection if place else Collection.get_first_root_node()
    picture = Picture(title=page.title[:200], uploaded_by_user=by, collection=collection)
    checked.seek(0)
    picture.file.save(name, checked, save=False)
    picture.save()
    BroughtPicture.objects.create(page_id=page.pk, picture=picture, suggested=part["text"][:255])
    return 1


def _ending(data: bytes) -> str:
    return {b"\x89PNG": "png", b"\xff\xd8\xff\xe0": "jpg", b"GIF8": "gif", b"RIFF": "webp"}.get(
        data[:4], "jpg"
    )
