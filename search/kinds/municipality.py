"""Municipalities in the index."""

from collections.abc import Iterator, Sequence

from members.audience import Audience
from members.models import MunicipalityPage
from search.documents import Document, key_of
from search.kinds import parts
from search.kinds.base import Kind

NAME = "municipality"


def _document(page: MunicipalityPage) -> Document:
    region = page.region.name if page.region else ""
    return Document(
        key=key_of(NAME, page.pk),
        kind=NAME,
        item_id=page.pk,
        labels=(Audience.PUBLIC.value,),
        title=page.title,
        summary=", ".join(text for text in (page.official_name, region) if text),
        body=page.about,
        facets=parts.municipality_facets(page),
        published=parts.seconds(page.first_published_at),
        population=page.population or 0,
        url=parts.page_path(page),
        display={"population": page.population, "tier": page.tier, "is_member": page.is_member},
    )


def _build(ids: Sequence[int]) -> Iterator[Document]:
    found = MunicipalityPage.objects.live().filter(pk__in=ids).select_related("region")
    return (_document(page) for page in found)


KIND = Kind(
    name=NAME,
    label=MunicipalityPage._meta.verbose_name,
    model=MunicipalityPage,
    build=_build,
    live=lambda: MunicipalityPage.objects.live(),
    # All of Ontario's are there; a list of everything would be a list of them.
    browsed=False,
)
