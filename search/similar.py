"""Similar items as a page shows them: a few, each family of translations once, with the reason."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from core.pagecache import generation
from members.audience import Reader
from search import hits, registry, service
from search.documents import Document
from search.engines.base import RawHit
from search.values import Hit, SearchRequest

MOST = 4
KEEP_SECONDS = 600


@dataclass(frozen=True)
class Similar:
    """A similar item, and what it shares."""

    hit: Hit
    why: str


def visible_item(kind: str, pk: int, reader: Reader) -> Document | None:
    """The item as the index knows it; None if there is none that this reader may see."""
    known = registry.kinds().get(kind)
    if known is None or not known.visible_ids(reader, [pk]):
        return None
    return next(iter(registry.documents(kind, [pk])[0]), None)


def to(item: Document, reader: Reader, language: str) -> tuple[list[Similar], bool]:
    """At most four items like this one, each checked for this reader now; and whether that is a full answer."""
    found, is_full = _remembered(item, reader, language)
    request = SearchRequest(language=language)
    return [_with_reason(item, hits.shown(hit, request), language) for hit in found[:MOST]], is_full


def _remembered(item: Document, reader: Reader, language: str) -> tuple[list[RawHit], bool]:
    """For everybody of the same labels the same; every change starts a new generation."""
    labels = "all" if reader.sees_everything else " ".join(sorted(reader.labels))
    digest = hashlib.sha256(labels.encode()).hexdigest()[:16]
    key = f"search:similar:{generation()}:{digest}:{language}:{item.key}"
    known: list[RawHit] | None = cache.get(key)
    if known is not None:
        return hits.visible(known, reader), True
    like, is_full = service.similar(item, reader, language)
    found = _without_translations(like, item)[:MOST]
    if is_full:
        cache.set(key, found, KEEP_SECONDS)
    return found, is_full


def _without_translations(found: Iterable[RawHit], item: Document) -> list[RawHit]:
    family = item.display.get("family")
    return [hit for hit in found if family is None or hit.display.get("family") != family]


def _with_reason(item: Document, hit: Hit, language: str) -> Similar:
    own = hits.facts(item.display, language)
    near = _common(own["areas"], hit.facts["areas"]) + _common(own.get("tags", ()), hit.facts.get("tags", ()))
    far = _common((*own["areas"], *own["areas_above"]), (*hit.facts["areas"], *hit.facts["areas_above"]))
    return Similar(hit, ", ".join((near or far)[:2]))


def _common(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    held = set(theirs)
    return [name for name in dict.fromkeys(ours) if name in held]
