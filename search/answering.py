"""What may answer a question before it is asked."""

from members.audience import Reader
from search import service
from search.text import content_words, fold
from search.values import Hit, SearchRequest

MOST = 5
LOOKED_AT = 12
KINDS = ("case_study", "playbook", "question")
# Words that begin alike for so many letters are taken for forms of one word.
_ALIKE = 5


def answering(text: str, reader: Reader, language: str) -> list[Hit]:
    """The best few hits that share with the question what it is about, and not just any word of it."""
    wanted = _stems(text)
    request = SearchRequest(
        text=text, filters={"kind": KINDS}, page_size=LOOKED_AT, language=language, verbatim=True
    )
    found = service.search(request, reader).hits
    needed = min(2, len(wanted))
    return [hit for hit in found if len(wanted & _stems(f"{hit.title} {hit.summary}")) >= needed][:MOST]


def _stems(text: str) -> set[str]:
    return {word[:_ALIKE] for word in content_words(fold(text)) if len(word) > 2}
