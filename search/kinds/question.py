"""Questions with their answers in the index."""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from core.markdown import in_own_words
from discussions.models import Answer, Question
from members.audience import labels_of
from search.documents import Document, key_of
from search.kinds import parts
from search.kinds.base import Kind

_EXCERPT = 200


def _document(question: Question) -> Document:
    # Nothing in a document may tell who asked without their name: no facet, no number, no label.
    asker = question.known_asker
    answers = list(question.answers.all())
    body = "\n".join(parts.prose_of(thing, ["body"]) for thing in (question, *answers))
    return Document(
        key=key_of(Question.kind, question.pk),
        kind=Question.kind,
        item_id=question.pk,
        labels=labels_of(question),
        language=question.language,
        title=question.title,
        summary=in_own_words(question.rendered.get("body", ""), _EXCERPT),
        areas_text=parts.area_words([question.service_area]),
        body=body,
        facets={
            **(parts.municipality_facets(asker) if asker else {}),
            **parts.area_facets([question.service_area]),
            **parts.given(year=question.asked.year),
        },
        population=(asker.population or 0) if asker else 0,
        year=question.asked.year,
        published=parts.seconds(question.asked),
        verified=parts.seconds(question.asked),
        url=parts.path_of(question.get_absolute_url()),
        display={
            **(parts.municipality_display(asker) if asker else {"anonymous": True}),
            **parts.area_display([question.service_area]),
            "answers": len(answers),
            "published": parts.seconds(question.asked),
            "family": f"question-{question.pk}",
        },
    )


def _build(ids: Sequence[int]) -> Iterator[Document]:
    found = KIND.live().filter(pk__in=ids).select_related("municipality__region", "service_area__parent")
    answers = Prefetch("answers", Answer.objects.standing())
    return (_document(question) for question in found.prefetch_related(answers))


KIND = Kind(
    name=Question.kind,
    label=Question._meta.verbose_name,
    model=Question,
    build=_build,
    live=lambda: Question.objects.standing(),
)
