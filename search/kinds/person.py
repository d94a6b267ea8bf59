"""People in the index, for members only."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils import translation

from library.people.choices import Spoken
from members.audience import Audience
from members.models import Person
from search.documents import Document, key_of
from search.kinds import parts
from search.kinds.base import Kind


def _document(person: Person) -> Document:
    municipality = person.municipality
    areas = [each.area for each in person.areas.all()]
    spoken = [each.code for each in person.spoken_languages.all()]
    return Document(
        key=key_of(Person.kind, person.pk),
        kind=Person.kind,
        item_id=person.pk,
        labels=(Audience.MEMBERS.value,),
        title=person.get_full_name(),
        summary=", ".join(
            text for text in (person.job_title, municipality.title if municipality else "") if text
        ),
        # Who works in French alone writes about themselves in French.
        language="fr" if "fr" in spoken and "en" not in spoken else "en",
        areas_text=parts.area_words(areas),
        body="\n".join([_about(person), *_language_names(spoken)]),
        facets={**parts.municipality_facets(municipality), **parts.area_facets(areas)},
        published=parts.seconds(person.date_joined),
        url=parts.path_of(person.get_absolute_url()),
    )


def _about(person: Person) -> str:
    profile = getattr(person, "profile", None)
    return str(profile.about) if profile else ""


def _language_names(codes: Iterable[str]) -> Iterator[str]:
    """What the languages are called in both languages of the interface."""
    for interface, _ in settings.LANGUAGES:
        with translation.override(interface):
            yield " ".join(str(Spoken(code).label) for code in codes if code in Spoken.values)


def _build(ids: Sequence[int]) -> Iterator[Document]:
    found = Person.objects.listed().filter(pk__in=ids).select_related("municipality__region", "profile")
    found = found.prefetch_related("areas__area__parent", "spoken_languages")
    return (_document(person) for person in found)


KIND = Kind(
    name=Person.kind,
    label=Person._meta.verbose_name,
    model=Person,
    build=_build,
    live=lambda: Person.objects.listed(),
    # A list of the library is not a list of its people.
    browsed=False,
)
