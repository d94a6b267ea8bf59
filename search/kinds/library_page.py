"""What case studies and playbooks have in common in an index."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from adoptions.models import Adoption
from core.models import Attachment
from members.audience import Audience, labels_of
from search.documents import AttachedFile, Document, key_of
from search.kinds import parts, successors, translations

# A candid note has an audience of its own, narrower than its page's: it is in no index.
UNINDEXED = frozenset({"candid_note"})
# A card names so many and counts the others.
NAMED_ADOPTERS = 2


@dataclass(frozen=True)
class Extras:
    """What lies in other tables, read for a whole batch at once."""

    tags: Mapping[int, list[Any]] = field(default_factory=dict)
    # The municipalities that say in public that they use it, by slug and name, the latest first.
    adopters: Mapping[int, list[tuple[str, str]]] = field(default_factory=dict)
    files: Mapping[int, list[AttachedFile]] = field(default_factory=dict)
    translations: Mapping[int, list[Any]] = field(default_factory=dict)
    # The newer pages that say of a page that they supersede it.
    successors: Mapping[int, list[Any]] = field(default_factory=dict)


def pages(model: Any, ids: Sequence[int]) -> Any:
    """Live pages with what their documents need."""
    # Prefetched, for many items of a batch share their municipality and their areas.
    related = ("municipality__region", "service_areas__parent")
    return model.objects.live().filter(pk__in=ids).prefetch_related(*related)


def extras(model: Any, ids: Sequence[int], found: Sequence[Any] = ()) -> Extras:
    """Tags, which municipalities publicly use each page, and its translations."""
    tags: dict[int, list[Any]] = defaultdict(list)
    through = model._meta.get_field("tagged_items").related_model
    for item in through.objects.filter(content_object_id__in=ids).select_related("tag"):
        tags[item.content_object_id].append(item.tag)
    # What members tell one another about their adoptions is in no index: a count or a facet would betray it.
    used = Adoption.objects.in_use().filter(
        source_id__in=ids, audience=Audience.PUBLIC, municipality__live=True
    )
    adopters: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for source, *municipality in used.values_list("source_id", "municipality__slug", "municipality__title"):
        adopters[source].append(tuple(municipality))
    return Extras(tags, adopters, files_of(ids), translations.of(model, found), successors.of(ids))


def files_of(ids: Sequence[int]) -> Mapping[int, list[AttachedFile]]:
    """The names and words of the files that pages show; a page's readers may have its files."""
    shown = Attachment.objects.filter(page_id__in=ids, file__isnull=False).order_by("page_id", "file_id")
    return parts.files_by(shown, "page_id")


def page_document(
    page: Any,
    extra: Extras,
    *,
    words: Sequence[str],
    facets: Mapping[str, tuple[str, ...]],
    display: Mapping[str, Any],
    began: date | None = None,
) -> Document:
    """A page's document; `words`, `facets`, `display` and when it `began` are what its kind adds."""
    areas, tags = list(page.service_areas.all()), extra.tags.get(page.pk, [])
    adopters = extra.adopters.get(page.pk, [])
    year = parts.year_of(began, page.first_published_at)
    return Document(
        key=key_of(page.kind, page.pk),
        kind=page.kind,
        item_id=page.pk,
        labels=labels_of(page),
        language=page.language,
        title=page.title,
        summary=page.summary,
        tags=tuple(tag.name for tag in tags),
        areas_text=parts.area_words(areas),
        body=body(page, words),
        files=tuple(extra.files.get(page.pk, ())),
        facets={
            **parts.municipality_facets(page.municipality),
            **parts.area_facets(areas),
            "tag": tuple(tag.slug for tag in tags),
            "adopted_by": tuple(slug for slug, _ in adopters),
            **parts.given(year=year),
            **facets,
        },
        # Among what is new or verified nobody looks for what was retired.
        published=0 if page.retired_on else parts.seconds(page.first_published_at),
        verified=0 if page.retired_on else parts.seconds(page.last_verified or page.first_published_at),
        adoptions=len(adopters),
        current=not page.retired_on and not successors.replaces(page, extra.successors),
        population=page.municipality.population or 0,
        year=year,
        versions=translations.versions(page, extra.translations, lambda other: body(other, words)),
        instead=translations.instead(page, extra.translations),
        url=parts.page_path(page),
        display={
            **parts.municipality_display(page.municipality),
            **parts.area_display(areas),
            "published": parts.seconds(page.first_published_at),
            "adoptions": len(adopters),
            "adopters": [name for _, name in adopters[:NAMED_ADOPTERS]],
            "tags": [tag.name for tag in tags],
            # One of a family of translations is enough where items are suggested.
            "family": page.translation_of_id or page.pk,
            "verified": page.last_verified.isoformat() if page.last_verified else None,
            "retired": page.retired_on.isoformat() if page.retired_on else None,
            **display,
        },
    )


def body(page: Any, words: Sequence[str]) -> str:
    """Everything a reader of the page may read, but for what has an audience of its own."""
    fields = [name for name in page.markdown_fields if name not in UNINDEXED]
    plain = [getattr(page, name) for name in words if getattr(page, name)]
    return "\n".join([parts.prose_of(page, fields), parts.block_words(page), page.municipality.title, *plain])


def documents(model: Any, ids: Sequence[int], build: Any) -> Iterator[Document]:
    """The documents of one batch of pages."""
    found = list(pages(model, ids))
    extra = extras(model, ids, found)
    return (build(page, extra) for page in found)
