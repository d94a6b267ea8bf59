"""Comments in the index, each under its page: whoever may read the page now may find it.

The files that came with it are given out by its own address, so their words are found with it, never with the page.
The title is what the comment says first, not the page's: ten thousand comments would stand before their page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.markdown import in_own_words, plain
from discussions.comments import places
from discussions.comments.models import CommentFile
from discussions.models import Comment
from members.audience import labels_of
from search.documents import AttachedFile, Document, key_of
from search.kinds import parts
from search.kinds.base import Kind

_TITLE, _EXCERPT = 80, 200


def _document(comment: Comment, page: Any, files: Iterable[AttachedFile]) -> Document:
    said = comment.rendered.get("body", "")
    return Document(
        key=key_of(Comment.kind, comment.pk),
        kind=Comment.kind,
        item_id=comment.pk,
        labels=labels_of(page),
        language=comment.language,
        title=in_own_words(said, _TITLE) or "…",
        summary=in_own_words(said, _EXCERPT),
        body=plain(said),
        files=tuple(files),
        facets={
            **parts.municipality_facets(page.municipality),
            **parts.given(year=comment.written.year),
        },
        population=page.municipality.population or 0,
        year=comment.written.year,
        published=parts.seconds(comment.written),
        verified=parts.seconds(comment.written),
        url=parts.path_of(comment.get_absolute_url()),
        display={
            "on": page.title,
            "published": parts.seconds(comment.written),
            "family": f"comment-{comment.pk}",
        },
    )


def _live() -> Any:
    return Comment.objects.shown().filter(page__live=True)


def _build(ids: Sequence[int]) -> Iterator[Document]:
    found = list(_live().filter(pk__in=ids))
    pages = places.pages_of(comment.page_id for comment in found)
    there = [comment for comment in found if comment.page_id in pages]
    files = _files_of([comment.pk for comment in there])
    return (_document(each, pages[each.page_id], files.get(each.pk, ())) for each in there)


def _files_of(ids: Sequence[int]) -> Mapping[int, list[AttachedFile]]:
    came_with = CommentFile.objects.filter(comment__in=ids).order_by("comment_id", "pk")
    return parts.files_by(came_with, "comment_id")


KIND = Kind(
    name=Comment.kind,
    label=Comment._meta.verbose_name,
    model=Comment,
    build=_build,
    live=_live,
    # A list of the library is not a list of what was said about it.
    browsed=False,
)
