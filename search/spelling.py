"""Other spellings of words that nobody has written, from the documents that the reader may see.

There is no dictionary: an engine looks for documents with a similar word among those that this reader
may see, the database confirms them, and only words that stand in them are suggested.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from search.engines.base import Engine, RawText
from search.nodes import AnyOf, Constant, Fuzzy, Has, Node, Optional
from search.plan import Plan
from search.schema import text_field
from search.stopwords import STOP_WORDS
from search.syntax import parse
from search.text import content_words, fold, words_of
from search.wording import word_node

# More words than these are not corrected, nor are shorter ones: too many words are like them.
MAX_CORRECTED = 6
SHORTEST = 3
# Shorter words are like so many others that a replacement is only offered.
SHORTEST_SURE = 4
# From this length on two letters may be wrong.
LONG = 6
LOOKED_AT = 10
LOOKED_AT_CHARS = 30_000
_PARTS = ("title", "summary", "body")

# The second lock: the texts that the database lets the reader see.
Visible = Callable[[Sequence[RawText]], Sequence[RawText]]


def correctable(text: str) -> tuple[str, ...]:
    """The words of a text that could be misspelt."""
    found = content_words(parse(text).plain)
    return tuple(word for word in found if len(_bare(word)) >= SHORTEST and _bare(word).isalpha())[
        :MAX_CORRECTED
    ]


def _bare(word: str) -> str:
    """The word without an English possessive."""
    return word.removesuffix("'s")


def nearest(
    word: str,
    plan: Plan,
    engine: Engine,
    visible: Visible,
    *,
    beside: Iterable[str] = (),
    other: bool = False,
) -> str:
    """The nearest word that the reader may see, rather one that stands beside certain words.

    Empty if it is the word itself (unless another is asked for), or if there is none. Raises EngineError.
    """
    plain = fold(_bare(word))
    for limit in (1, 2) if len(plain) >= LONG and not other else (1,):
        found = engine.texts(similar(plain, plan, limit, beside))
        counts = _near(plain, (text.text[:LOOKED_AT_CHARS] for text in visible(found)), limit)
        known = {name: count for name, count in counts.items() if not (other and fold(name) == plain)}
        if known:
            best = min(known, key=lambda name: (distance(plain, fold(name)), -known[name], name))
            return "" if fold(best) == plain else best
    return ""


def is_sure(word: str, other: str) -> bool:
    """Whether one slip of the finger explains it."""
    return len(word) >= SHORTEST_SURE and distance(fold(_bare(word)), fold(other)) == 1


def with_words(text: str, changed: Mapping[str, str]) -> str:
    """The text with some of its words replaced by others."""
    for word, other in changed.items():
        text = re.sub(rf"(?<!\w){re.escape(_bare(word))}(?!\w)", other, text, flags=re.IGNORECASE)
    return text


def similar(word: str, plan: Plan, limit: int = 2, beside: Iterable[str] = ()) -> Plan:
    """The documents of the plan's reader with a word like this one, first those with the words beside it."""
    # An index may keep a possessive as part of its word.
    forms = (word, f"{word}'s")
    legs = tuple(
        Constant(Fuzzy(text_field(part, "exact"), form, limit), 1.0) for part in _PARTS for form in forms
    )
    context: list[Node] = [word_node(other) for other in beside]
    text = Optional(AnyOf(legs), (*context, Has("language", (plan.language,), 1.0)))
    return replace(
        plan, text=text, words=(), filters={}, sort="relevance", offset=0, limit=LOOKED_AT,
        kinds=(), required=(), refused=(), without=None, ranges={}, alternatives=(),
        counted=(), checked=(), reading=(),
    )  # fmt: skip


def _near(word: str, texts: Iterable[str], limit: int) -> Counter[str]:
    """Words near enough, and how many of the texts have each."""
    counts = Counter(known for text in texts for known in set(map(_bare, words_of(text.lower()))))
    near = (known for known in counts if _may_be_near(word, fold(known), limit) and known not in STOP_WORDS)
    return Counter({known: counts[known] for known in near if distance(word, fold(known)) <= limit})


def _may_be_near(one: str, other: str, limit: int) -> bool:
    # Cheap to say no: most words differ in length or in more letters than that.
    return abs(len(one) - len(other)) <= limit and len(set(one) ^ set(other)) <= 2 * limit


def distance(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
