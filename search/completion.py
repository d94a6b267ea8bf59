"""What somebody who is still typing may mean: every word may be the beginning of one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from library.models import ServiceArea
from search.boosts import CURRENT_FIRST
from search.nodes import AllOf, Constant, Has, Match, Node, Optional, Prefix
from search.plan import Plan
from search.schema import text_field
from search.text import fold, words
from search.thesaurus import Thesaurus

# Enough for any title; more is not typing but pasting.
MAX_BEGINNINGS = 8
# A single letter begins almost everything.
SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")


def beginnings(text: str) -> tuple[str, ...]:
    """The typed words, folded, each once; empty where there is too little to go by."""
    parts = (part for word in words(fold(text)) for part in _WORD.findall(word))
    found = tuple(dict.fromkeys(parts))[:MAX_BEGINNINGS]
    return found if sum(map(len, found)) >= SHORTEST else ()


@lru_cache(maxsize=8192)
def _parts(name: str) -> tuple[str, ...]:
    # Labels and terms are asked about with every letter that somebody types.
    return tuple(_WORD.findall(fold(name)))


def begins(typed: Iterable[str], name: str) -> bool:
    """Whether every typed word begins a word of the name."""
    known = _parts(name)
    return all(any(word.startswith(part) for word in known) for part in typed)


def titles(typed: Sequence[str], kinds: Sequence[str], empty: Plan, limit: int) -> Plan:
    """Documents of some kinds with such a title: what is current, whole words and the reader's language first."""
    field = text_field("title", "exact")
    needed = AllOf(tuple(Prefix(field, word) for word in typed))
    whole: list[Node] = [Constant(Match(field, word), 1.0) for word in typed]
    extra = (*whole, Has("language", (empty.language,), 3.0), CURRENT_FIRST)
    return _with(empty, Optional(needed, extra), kinds=tuple(kinds), limit=limit)


def tagged(typed: Sequence[str], empty: Plan) -> Plan:
    """Documents with such a tag, of which the tags are counted."""
    field = text_field("tags", "exact")
    return _with(empty, AllOf(tuple(Prefix(field, word) for word in typed)), counted=("tag",))


def in_areas(slugs: Sequence[str], empty: Plan) -> Plan:
    """Documents of some service areas, of which the areas are counted."""
    return _with(empty, None, required=(("service_area", tuple(slugs)),), counted=("service_area",))


def _with(empty: Plan, text: Node | None, **others: object) -> Plan:
    return replace(empty, text=text, **others)  # type: ignore[arg-type]


def areas(typed: Sequence[str], thesaurus: Thesaurus) -> list[ServiceArea]:
    """Service areas that may be meant by their labels, their synonyms or the thesaurus, in either language."""
    wanted = [tuple(typed), *_same(typed, thesaurus)]
    every = ServiceArea.objects.only("slug", "label_en", "label_fr", "synonyms", "code")
    return [area for area in every if any(_is_called(area, name) for name in wanted)]


def _is_called(area: ServiceArea, typed: Iterable[str]) -> bool:
    names = (area.label_en, area.label_fr, *area.synonyms.splitlines())
    return any(begins(typed, name) for name in names)


def _same(typed: Sequence[str], thesaurus: Thesaurus) -> list[tuple[str, ...]]:
    """What else a term that begins so is called."""
    meant = (terms for key, terms in thesaurus.groups.items() if begins(typed, " ".join(key)))
    return [_parts(term.text) for terms in meant for term in terms]
