"""Putting what was left over where it belongs, and saying in words what is on a picture."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authoring import drafts
from authoring.cards import known
from authoring.intake.sorting import PROSE
from authoring.models import BroughtPicture, Leftover
from casestudies.models import CaseStudyPage
from core.markdown import validate
from library.models import LibraryPage
from members.models import Person
from members.refusal import Refused

DISCARD = "discard"


def choices() -> list[tuple[str, str]]:
    """The fields that take any text."""
    names = [name for card in known.CARDS for name in card.model_fields if name in (*PROSE, "candid_note")]
    return [(name, capfirst(str(CaseStudyPage._meta.get_field(name).verbose_name))) for name in names]  # type: ignore[union-attr]


@transaction.atomic
def place(*, by: Person, page: LibraryPage, part: int, field: str) -> None:
    """Add a part that was left over to a field, or discard it. Twice has one effect."""
    draft = drafts.locked(page.pk)
    drafts.require_editor(by, draft)
    found = Leftover.objects.filter(page_id=page.pk, pk=part).first()
    if found is None:
        return
    if field != DISCARD:
        if field not in dict(choices()):
            raise Refused(_("Choose where it belongs."))
        both = (getattr(draft, field), found.text)
        joined = "\n\n".join(text for text in both if text)
        _require_bounded(joined)
        setattr(draft, field, joined)
        drafts.write(draft, by=by, by_itself=True)
    found.delete()


def _require_bounded(text: str) -> None:
    try:
        validate(text)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def describe(*, by: Person, page: LibraryPage, picture: int, words: str) -> None:
    """Say what is on a picture, which then stands on the page; without words it is left out."""
    draft: Any = drafts.locked(page.pk)
    drafts.require_editor(by, draft)
    found = BroughtPicture.objects.filter(page_id=page.pk, pk=picture).select_related("picture").first()
    if found is None:
        return
    if words.strip():
        said = words.strip()[:255]
        image = {"image": found.picture.pk, "alt_text": said, "decorative": False}
        block = {"type": "picture", "value": {"image": image, "caption": ""}}
        stream = draft._meta.get_field("media").stream_block
        draft.media = stream.to_python([*draft.media.get_prep_value(), block])
        found.picture.description = said
        found.picture.save(update_fields=["description"])
        drafts.write(draft, by=by, by_itself=True)
    found.delete()
