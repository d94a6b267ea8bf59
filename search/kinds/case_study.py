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
        facets={
            **given(
                stage=page.stage,
                verdict=page.verdict,
                setup_cost=page.setup_cost,
                yearly_cost=page.yearly_cost,
            ),
            "has": tuple(name for name, there in _extras(page).items() if there),
        },
        display={"stage": page.stage, "verdict": page.verdict, "cost": page.setup_cost},
        began=page.started or page.went_live,
    )


def _extras(page: CaseStudyPage) -> dict[str, bool]:
    """What comes with the page, for all who may read the page."""
    return {
        "tender-files": bool(page.tender_files),
        "source-code": bool(page.repository),
        "data-label": bool(page.data_label),
    }


def _build(ids: Sequence[int]) -> Iterator[Document]:
    return documents(CaseStudyPage, ids, _document)


KIND = Kind(
    name=CaseStudyPage.kind,
    label=CaseStudyPage._meta.verbose_name,
    model=CaseStudyPage,
    build=_build,
    live=lambda: CaseStudyPage.objects.live(),
)
