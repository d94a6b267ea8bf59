"""Whether to answer what was typed or what was probably meant.

Two kinds of words are looked at: those that no document has, and rare ones that no document has together
with the others, where a near word is far more usual and does stand with the others.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from search import spelling
from search.engines.base import Engine, EngineError, RawResult
from search.nodes import AllOf
from search.plan import Plan
from search.syntax import parse
from search.text import content_words
from search.values import SearchRequest
from search.wording import word_node

logger = logging.getLogger(__name__)

# With no more results than these, any near word is better than none.
NEARLY_NOTHING = 2
# A word in no more documents than these may be a slip that somebody else made too.
RARE = 8
# How many times more usual the near word must be.
MORE_USUAL = 8

Again = Callable[[SearchRequest], RawResult]


@dataclass(frozen=True)
class Meant:
    """The search that is answered, with its result; `original` where it is not the one that was typed.

    `suggestion` is another text that finds more, where it is not certain that it was meant.
    """

    request: SearchRequest
    result: RawResult
    original: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Asking:
    """Whom to ask about words: the engine, the reader's plan, and the second lock."""

    engine: Engine
    plan: Plan
    visible: spelling.Visible
    again: Again


def checked(request: SearchRequest) -> tuple[str, ...]:
    """The words whose number of documents the first answer shall tell."""
    return () if request.verbatim else spelling.correctable(request.text)


def is_doubtful(result: RawResult) -> bool:
    """Whether any word may be misspelt: if not, nothing more needs to be asked."""
    return any(count <= RARE for count in result.known.values())


def meant(request: SearchRequest, result: RawResult, asking: Asking) -> Meant:
    """What to show for a first answer. Never fails."""
    typed = Meant(request, result)
    if not is_doubtful(result):
        return typed
    try:
        changed = _unknown(result, asking) or _unusual(request, result, asking)
        return _better(typed, changed, asking) if changed else typed
    except EngineError as error:
        logger.warning("no other spelling was looked for: %s", error)
        return typed


def _better(typed: Meant, changed: Mapping[str, str], asking: Asking) -> Meant:
    request, result = typed.request, typed.result
    other = replace(request, text=spelling.with_words(request.text, changed))
    found = asking.again(other)
    if not all(found.known.get(near, found.total) for near in changed.values()):
        # What was typed besides (a phrase, a municipality) leaves nothing of it.
        return typed
    sure = all(spelling.is_sure(word, near) for word, near in changed.items())
    if sure or result.total <= NEARLY_NOTHING:
        return Meant(other, found, original=request.text)
    return replace(typed, suggestion=other.text)


def _unknown(result: RawResult, asking: Asking) -> dict[str, str]:
    """Near words for those that no document has."""
    unknown = [word for word, count in result.known.items() if not count]
    beside = [word for word in content_words(" ".join(asking.plan.words)) if word not in unknown]
    near = {
        word: spelling.nearest(word, asking.plan, asking.engine, asking.visible, beside=beside)
        for word in unknown
    }
    return {word: other for word, other in near.items() if other}


def _unusual(request: SearchRequest, result: RawResult, asking: Asking) -> dict[str, str]:
    """A far more usual word for a rare one that stands with the others nowhere."""
    words = content_words(parse(request.text).plain)
    word = min(result.known, key=lambda known: result.known[known])
    if len(words) < 2 or result.known[word] > RARE or len(word) < spelling.SHORTEST_SURE:
        return {}
    beside = [other for other in words if other != word]
    near = spelling.nearest(word, asking.plan, asking.engine, asking.visible, beside=beside, other=True)
    if not near or spelling.distance(word, near) != 1:
        return {}
    own, with_near, usual = _totals(asking, [(word, *beside), (near, *beside), (near,)])
    return {word: near} if not own and with_near and usual >= MORE_USUAL * result.known[word] else {}


def _totals(asking: Asking, groups: list[tuple[str, ...]]) -> list[int]:
    """How many documents have all words of each group, whatever facets are chosen."""
    empty = replace(asking.plan, words=(), filters={}, limit=0, offset=0, counted=(), checked=(), reading=())
    plans = [replace(empty, text=AllOf(tuple(map(word_node, group)))) for group in groups]
    return [found.total for found in asking.engine.many(plans)]
