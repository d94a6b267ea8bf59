"""Pages that say the same in two languages: found by the words of both, shown in the reader's.

A page carries another's words only if everybody who may see it may see that other one too; otherwise its
being found would tell what the other says. It gives way to another only where that one can be found by its
words in turn. So the narrower of two never speaks through the wider one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from members.audience import Audience, labels_of
from search.documents import EVERYTHING, Version, instead_for

Families = Mapping[int, list[Any]]


def _original(page: Any) -> int:
    return int(page.translation_of_id or page.pk)


def of(model: Any, pages: Sequence[Any]) -> Families:
    """The live pages of each family that these belong to, by the original's identifier; one query."""
    originals = {_original(page) for page in pages}
    has_translation = Exists(model.objects.filter(translation_of_id=OuterRef("pk")))
    family = Q(translation_of_id__in=originals) | Q(has_translation, pk__in=originals)
    found = model.objects.live().filter(family)
    families: dict[int, list[Any]] = defaultdict(list)
    for page in found.select_related("municipality"):
        families[_original(page)].append(page)
    return families


def _others(page: Any, families: Families) -> list[Any]:
    """The family's versions in other languages, one for each."""
    found = {other.language: other for other in families.get(_original(page), ()) if other.pk != page.pk}
    return [other for language, other in sorted(found.items()) if language != page.language]


def reaches(one: Any, other: Any) -> bool:
    """Whether everybody who may see the other may see this one."""
    return one.audience == Audience.PUBLIC or labels_of(one) == labels_of(other)


def versions(page: Any, families: Families, body: Callable[[Any], str]) -> tuple[Version, ...]:
    """What the page says in other languages, as far as all its readers may know."""
    return tuple(
        Version(other.language, other.title, other.summary, body(other))
        for other in _others(page, families)
        if reaches(other, page)
    )


def instead(page: Any, families: Families) -> tuple[str, ...]:
    """The readers who find another version of this page instead."""
    return tuple(
        instead_for(other.language, label)
        for other in _others(page, families)
        if reaches(page, other)
        for label in (*labels_of(other), *EVERYTHING)
    )
