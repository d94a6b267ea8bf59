"""What people say of themselves, and writing to a peer."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.events import record
from library.areas import ServiceArea
from library.people import letters
from library.people.choices import Spoken
from library.people.models import ContactMessage, PersonArea, Profile, SpokenLanguage
from members.audience import reader_for
from members.models import Person
from members.refusal import Refused

LETTERS_A_DAY = 10


@transaction.atomic
def offer(
    *,
    by: Person,
    about: str = "",
    languages: Collection[str] = (),
    works_in: Iterable[ServiceArea] = (),
    can_help: Iterable[ServiceArea] = (),
    may_be_written_to: bool = True,
) -> Profile:
    """Say anew what one offers; all that was said before is replaced. Raises ValidationError for unknown languages."""
    if unknown := set(languages) - set(Spoken.values):
        raise ValidationError(
            _("Not a language we know: %(codes)s"), params={"codes": ", ".join(sorted(unknown))}
        )
    # Two windows of the same person wait for one another.
    Person.objects.select_for_update().get(pk=by.pk)
    values = {"about": about.strip(), "may_be_written_to": may_be_written_to}
    profile, _made = Profile.objects.update_or_create(person=by, defaults=values)
    by.spoken_languages.all().delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(person=by, code=code) for code in sorted(set(languages))
    )
    _replace_areas(by, {area.pk for area in works_in}, {area.pk for area in can_help})
    record(Person.kind, by.pk)
    return profile


def _replace_areas(person: Person, works_in: set[int], can_help: set[int]) -> None:
    person.areas.all().delete()
    PersonArea.objects.bulk_create(
        PersonArea(person=person, area_id=pk, works_in=pk in works_in, can_help=pk in can_help)
        for pk in sorted(works_in | can_help)
    )


def may_be_written_to(person: Person) -> bool:
    """Whether this person takes messages from peers: yes until they say no."""
    profile = Profile.objects.filter(person=person).first()
    return profile is None or profile.may_be_written_to


def may_write(person: Person) -> bool:
    """Whether peers could answer this person through the site: only somebody who is listed is found there."""
    return Person.objects.listed().filter(pk=person.pk).exists()


def write_to(*, by: Person, person: Person, message: str, share_address: bool = False) -> ContactMessage:
    """Mail a message to a peer, without either learning the other's address unless the sender shares it.

    Raises Refused with the reason where that can't be; then nothing was sent.
    """
    note = _note(by, person, share_address)
    try:
        letters.letter(sender=by, recipient=person, message=message, share_address=share_address).send()
    except OSError as error:
        note.delete()
        raise Refused(
            _("The message could not be sent just now. It is still in the form: try again in a few minutes.")
        ) from error
    return note


@transaction.atomic
def _note(by: Person, person: Person, share_address: bool) -> ContactMessage:
    """Count the message before it leaves; whoever sends two at once waits for the first."""
    by = Person.objects.select_for_update().get(pk=by.pk)
    if by.pk == person.pk or not Person.objects.visible_to(reader_for(by)).filter(pk=person.pk).exists():
        raise Refused(_("You can’t write to this person."))
    if not may_write(by):
        raise Refused(
            _("Peers must be able to answer you: complete your name, and belong to a municipality first.")
        )
    if not may_be_written_to(person):
        raise Refused(_("This person does not take messages through the site."))
    since = timezone.now() - timedelta(days=1)
    if by.messages_sent.filter(sent__gte=since).count() >= LETTERS_A_DAY:
        raise Refused(
            _("You have sent %(count)d messages within a day, which is the limit. Try again tomorrow.")
            % {"count": LETTERS_A_DAY}
        )
    return ContactMessage.objects.create(sender=by, recipient=person, shared_address=share_address)
