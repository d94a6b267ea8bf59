"""Case studies in the index."""

from collections.abc import Iterator, Sequence

from casestudies.models import CaseStudyPage
from search.documents import Document
from search.kinds.base import Kind
from search.kinds.library_page import Extras, documents, page_document
from search.kinds.parts import given

_WORDS = ("beneficiaries", "standards", "funding", "procurement", "reuse_clause")


def _document(page: CaseStudyPage, extra: Extras) -> Document:
    return page_document(
        page,
        extra,
        words=_WORDS,
        facets=given(stage=page.stage, verdict=page.verdict),
        display={"stage": page.stage, "verdict": page.verdict, "cost": page.setup_cost},
    )


def _build(ids: Sequence[int]) -> Iterator[Document]:
    return documents(CaseStudyPage, ids, _document)


KIND = Kind(
    name=CaseStudyPage.kind,
    label=CaseStudyPage._meta.verbose_name,
    model=CaseStudyPage,
    build=_build,
    live=lambda: CaseStudyPage.objects.live(),
)
