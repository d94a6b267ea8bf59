"""Where to look on when nothing was found: the service areas that sound most like the question."""

from collections.abc import Sequence

from library.models import ServiceArea
from members.audience import Reader
from search import service, terms
from search.text import content_words, fold
from search.values import Hit, SearchRequest

MAX_AREAS = 5
MAX_CASES = 4
# Words that begin alike for so many letters are taken for forms of one word.
_ALIKE = 5


def areas(text: str) -> list[ServiceArea]:
    """The areas that share most words with the text, or with what else it may be called."""
    wanted = _stems(" ".join([text, *_same(text)]))
    if not wanted:
        return []
    known = (
        (len(wanted & _stems(area.words())), area) for area in ServiceArea.objects.select_related("parent")
    )
    ranked = sorted(((shared, area) for shared, area in known if shared), key=lambda pair: -pair[0])
    return [area for _, area in ranked[:MAX_AREAS]]


def cases(found: Sequence[ServiceArea], reader: Reader, language: str) -> tuple[Hit, ...]:
    """Some of what there is in these areas for this reader: first what was taken up most."""
    if not found:
        return ()
    slugs = tuple(area.slug for area in found)
    asked = SearchRequest(
        filters={"service_area": slugs}, sort="adopted", page_size=MAX_CASES, language=language
    )
    return service.search(asked, reader).hits


def _same(text: str) -> list[str]:
    return [term.text for span in terms.current().spans(text) for term in span.others]


def _stems(text: str) -> set[str]:
    # Long texts are cut at 32 words by `content_words`, far beyond any label.
    return {word[:_ALIKE] for word in content_words(fold(text)) if len(word) > 2}
