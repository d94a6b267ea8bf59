"""Beginning an item, saving its cards, publishing it. Each is one transaction, decided under a lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from authoring import access, drafts
from authoring.cards.base import Card
from authoring.editions import actions as editions
from authoring.models import Draft
from casestudies.models import CaseStudyPage
from library.models import LibraryPage
from members.models import MunicipalityPage, Person
from members.refusal import Refused
from members.roles import actions as roles


@dataclass(frozen=True)
class Author:
    """For whom a coordinator writes."""

    name: str
    email: str


@transaction.atomic
def begin(
    *, by: Person, town: MunicipalityPage, key: UUID, values: dict[str, Any], author: Author | None = None
) -> LibraryPage:
    """Begin a case study as a draft. The same key again gives the one that it began. Raises Refused."""
    town = roles.locked(town)
    known = Draft.objects.filter(key=key).first()
    if known is not None:
        return access.item_or_404(by, known.page_id)
    person = Person.objects.get(pk=by.pk)
    if not access.towns_of(person).filter(pk=town.pk).exists():
        raise Refused(_("You may not write for this municipality."))
    for_another = access.writes_for_another(person, town)
    if for_another and author is None:
        raise Refused(_("Say whose project it is: they confirm what you write down."))
    page = _make(town, person if not for_another else _owner(town, author), values)
    record = Draft(page_id=page.pk, key=key)
    if for_another and author is not None:
        record.drafted_by, record.author_name, record.author_email = person, author.name, author.email
    record.save()
    drafts.write(page, by=person)
    return page


def _owner(town: MunicipalityPage, author: Author | None) -> Person | None:
    """The author, where they have an account in the municipality; else its first publisher."""
    email = author.email.strip().lower() if author else ""
    here = Person.objects.filter(municipality=town, is_active=True)
    named = here.filter(emailaddress__email=email, emailaddress__verified=True).first()
    return named or here.filter(pk__in=access.publishers_of(town)[:1]).first()


def _make(town: MunicipalityPage, owner: Person | None, values: dict[str, Any]) -> CaseStudyPage:
    areas = values.pop("areas", [])
    usual = {"licence": town.default_licence, "audience": town.default_audience}
    page = CaseStudyPage(municipality=town, live=False, owner=owner, **{**usual, **values})
    town.add_child(instance=page)
    page.service_areas.set(areas)
    return page


class Collision(Exception):
    """The card has moved on since the writer began: both texts are to be shown."""

    def __init__(self, draft: LibraryPage, theirs: Card, base: str) -> None:
        super().__init__()
        self.theirs = theirs
        self.base = base
        revision = draft.get_latest_revision()
        self.by: Person | None = revision.user if revision else None
        self.when: datetime | None = revision.created_at if revision else None


@transaction.atomic
def save_card(*, by: Person, page: LibraryPage, card: type[Card], data: Any, base: str) -> LibraryPage:
    """Put a card's valid answers into the draft. Other cards may have moved on; this one must not.

    Raises Collision where it has, and Refused where the writer may not write (any more).
    """
    draft = drafts.locked(page.pk)
    drafts.require_editor(by, draft)
    before = card.base(draft)
    mine = card(data, item=draft)
    if not mine.is_valid():
        raise Refused(_("The draft has changed meanwhile: load this page again."))
    stored = card(item=draft)
    mine.apply(draft)
    after = card.base(draft)
    if after == before:
        return draft
    if base != before:
        raise Collision(draft, stored, before)
    drafts.write(draft, by=by, by_itself=True)
    return draft


@transaction.atomic
def publish(*, by: Person, page: LibraryPage, note: str = "", minor: bool = False) -> LibraryPage:
    """Publish the draft, or have it wait where it names a day of its own for that. Twice has one effect.

    Raises Refused where something is missing or `by` may not.
    """
    draft = drafts.locked(page.pk)
    person = Person.objects.get(pk=by.pk)
    if not access.may_publish(person, draft):
        raise Refused(_("Only the publishers of this municipality may publish. Send the draft for review."))
    if draft.live and not draft.has_unpublished_changes:
        return draft
    if draft.live and not note.strip() and not minor:
        raise Refused(
            _("Say what changed, and why: readers see it with the edition. Or call it a minor change.")
        )
    drafts.require_complete(draft)
    drafts.name_address(draft)
    revision = drafts.write(draft, by=person)
    with editions.saying(by=person, note=note, minor=minor):
        revision.publish(user=person)
        published = type(draft).objects.get(pk=draft.pk)
        editions.announce(published, by=person, revision_id=revision.pk)
        editions.remember(revision)
    Draft.objects.filter(page_id=page.pk, confirmed=None).update(confirmed=timezone.now())
    return published
