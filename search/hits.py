"""Hits re-checked in the database and made ready to be shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.addresses import in_language
from library.registry import kinds as compared
from members.audience import Reader
from search import picks, registry
from search.attached import file_of, without_marks
from search.engines.base import RawHit, RawText
from search.labels import choice_labels
from search.snippets import to_html
from search.values import Hit, SearchRequest

Found = TypeVar("Found", RawHit, RawText)


def visible(hits: Sequence[Found], reader: Reader) -> list[Found]:
    """Those that the database lets this reader see; one query for each kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.kind].append(hit.item_id)
    allowed = {(name, pk) for name, found in by_kind.items() for pk in _allowed(name, found, reader)}
    return [hit for hit in hits if (hit.kind, hit.item_id) in allowed]


def _allowed(name: str, ids: list[int], reader: Reader) -> set[int]:
    kind = registry.kinds().get(name)
    return kind.visible_ids(reader, ids) if kind else set()


def shown(hit: RawHit, request: SearchRequest) -> Hit:
    """The hit in the language of the interface."""
    language = request.language
    return Hit(
        kind=hit.kind,
        kind_label=str(registry.kinds()[hit.kind].label),
        item_id=hit.item_id,
        title=hit.title,
        summary=hit.summary,
        url=in_language(hit.url, language) if hit.url else "",
        snippet=to_html(without_marks(hit.fragment)) if hit.fragment else SafeString(""),
        file=file_of(hit.fragment, hit.display.get("files", ())),
        language=hit.language,
        score=hit.score,
        facts=facts(hit.display, language),
        pick=picks.written(hit.key) if hit.kind in compared() else "",
        is_picked=hit.key in request.picked,
    )


def facts(display: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What is stored about an item, with labels for its controlled words."""
    labels = {f"{name}_label": label for name, label in choice_labels(display).items()}
    areas, above = (display.get(name, {}) for name in ("areas", "areas_above"))
    unnamed = display.get("adoptions", 0) - len(display.get("adopters", ()))
    asker = {"municipality": gettext("A municipality")} if display.get("anonymous") else {}
    return {
        **display,
        **asker,
        **labels,
        "areas": areas.get(language, areas.get("en", [])),
        "areas_above": above.get(language, above.get("en", [])),
        "adopters_unnamed": max(unnamed, 0),
    }
