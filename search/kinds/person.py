"""People in the index, for members only."""

from collections.abc import Iterator, Sequence

from members.audience import Audience
from members.models import Person
from search.documents import Document, key_of
from search.kinds import parts
from search.kinds.base import Kind


def _document(person: Person) -> Document:
    municipality = person.municipality
    return Document(
        key=key_of(Person.kind, person.pk),
        kind=Person.kind,
        item_id=person.pk,
        labels=(Audience.MEMBERS.value,),
        title=person.get_full_name(),
        summary=", ".join(
            text for text in (person.job_title, municipality.title if municipality else "") if text
        ),
        facets=parts.municipality_facets(municipality),
        published=parts.seconds(person.date_joined),
        url=parts.path_of(person.get_absolute_url()),
    )


def _build(ids: Sequence[int]) -> Iterator[Document]:
    found = Person.objects.listed().filter(pk__in=ids).select_related("municipality__region")
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
