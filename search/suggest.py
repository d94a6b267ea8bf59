"""Suggestions while typing: the second door, with the same two locks as the first.

An engine answers with the reader's labels and without what is fenced; the database confirms each hit. Service
areas and tags are suggested only where a document that the reader may see has them.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.addresses import in_language
from members.audience import Audience, Reader
from search import completion, deadline, fence, hits, pool, registry, terms
from search.boosts import CURRENT_FIRST
from search.engines.base import Engine, EngineError, RawHit, RawResult
from search.labels import value_labels
from search.plan import Plan, reading
from search.text import fold
from search.values import Group, Suggestion, Suggestions

logger = logging.getLogger(__name__)

# Looked at, and shown of each group.
LOOKED_AT = 24
SHOWN = 4
_APART = ("municipality", "person")


def suggest(text: str, language: str, reader: Reader) -> Suggestions:
    """What this reader may mean by what was typed so far. Never fails: nothing is suggested then."""
    typed = completion.beginnings(text)
    for engine in pool.engines() if typed else ():
        try:
            with (
                pool.breaker(engine.name).attempt() as allowed,
                deadline.within(settings.SEARCH_TIMEOUT_SECONDS),
            ):
                if allowed:
                    return Suggestions(text, tuple(_Answer(typed, language, reader, engine).groups()))
        except EngineError as error:
            logger.warning("no suggestions from %s: %s", engine.name, error)
    return Suggestions(text, (), unanswered=bool(typed))


@dataclass(frozen=True)
class _Answer:
    """One question, put to one engine."""

    typed: tuple[str, ...]
    language: str
    reader: Reader
    engine: Engine

    def groups(self) -> list[Group]:
        """The suggestions of each kind; one trip to the engine."""
        areas = completion.areas(self.typed, terms.current())
        empty = self._empty()
        kinds = [registry.browsed(), *((name,) for name in _APART if self._may_find(name))]
        plans = [completion.titles(self.typed, names, empty, LOOKED_AT) for names in kinds]
        plans += [completion.tagged(self.typed, empty), completion.in_areas([a.slug for a in areas], empty)]
        *found, tagged, counted = self.engine.many(plans)
        groups = [
            *self._titled([hit for result in found for hit in result.hits]),
            self._group("service_area", _("Service areas"), self._areas(areas, counted)),
            self._group("tag", _("Tags"), self._tags(tagged)),
        ]
        return [group for group in groups if group.suggestions]

    def _may_find(self, kind: str) -> bool:
        return kind != "person" or self.reader.sees_everything or Audience.MEMBERS in self.reader.labels

    def _empty(self) -> Plan:
        labels = None if self.reader.sees_everything else self.reader.labels
        plan = Plan(
            text=None, words=(), labels=labels, filters={}, sort="relevance", offset=0, limit=0,
            language=self.language, counted=(), reading=reading(self.language, labels),
        )  # fmt: skip
        return fence.around(plan, self.engine)

    def _titled(self, found: Sequence[RawHit]) -> list[Group]:
        ranked = sorted(hits.visible(found, self.reader), key=self._rank)
        of = {name: [self._hit(hit) for hit in ranked if hit.kind == name] for name in registry.kinds()}
        return [self._group(name, str(kind.plural), of[name]) for name, kind in registry.kinds().items()]

    def _rank(self, hit: RawHit) -> tuple[bool, bool, bool, int, str]:
        outdated = hit.score < CURRENT_FIRST.score
        foreign = hit.language != self.language
        starts = fold(hit.title).startswith(" ".join(self.typed))
        return (outdated, foreign, not starts, -int(hit.display.get("adoptions") or 0), hit.title)

    def _hit(self, hit: RawHit) -> Suggestion:
        detail = hit.display.get("municipality") or (hit.summary if hit.kind in _APART else "")
        return Suggestion(hit.title, in_language(hit.url, self.language), str(detail), hit.language)

    def _areas(self, areas: Iterable[Any], counted: RawResult) -> list[Suggestion]:
        counts = counted.facets["service_area"]
        known = [(area, counts[area.slug]) for area in areas if counts.get(area.slug)]
        return [
            Suggestion(area.label, area.get_absolute_url(), _many(count))
            for area, count in sorted(known, key=lambda pair: -pair[1])
        ]

    def _tags(self, tagged: RawResult) -> list[Suggestion]:
        counts = tagged.facets["tag"]
        labels = value_labels("tag", list(counts))
        known = [(slug, name) for slug, name in labels.items() if completion.begins(self.typed, name)]
        address = reverse("search:results")
        return [
            Suggestion(name, f"{address}?{urlencode({'tag': slug})}", _many(counts[slug]))
            for slug, name in sorted(known, key=lambda pair: (-counts[pair[0]], pair[1]))
        ]

    def _group(self, kind: str, label: str, found: Sequence[Suggestion]) -> Group:
        return Group(kind, capfirst(label), tuple(found[:SHOWN]))


def _many(count: int) -> str:
    return ngettext("%(number)s result", "%(number)s results", count) % {"number": count}
