"""Playbooks in the index."""

from collections.abc import Iterator, Sequence

from playbooks.models import PlaybookPage
from search.documents import Document
from search.kinds.base import Kind
from search.kinds.library_page import Extras, documents, page_document
from search.kinds.parts import given

_WORDS = ("suited_sizes", "legal_setting", "staff_time", "duration", "maintainer")


def _document(page: PlaybookPage, extra: Extras) -> Document:
    return page_document(
        page,
        extra,
        words=_WORDS,
        facets=given(setup_cost=page.cost_band),
        display={"status": page.status, "cost": page.cost_band, "version": page.version},
    )


def _build(ids: Sequence[int]) -> Iterator[Document]:
    return documents(PlaybookPage, ids, _document)


KIND = Kind(
    name=PlaybookPage.kind,
    label=PlaybookPage._meta.verbose_name,
    model=PlaybookPage,
    build=_build,
    live=lambda: PlaybookPage.objects.live(),
)
