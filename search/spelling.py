"""Other spellings of words that nobody has written, from the documents that the reader may see.

There is no dictionary: an engine looks for documents with a similar word among those that this reader
may see, the database confirms them, and only words that stand in them are suggested.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from members.audience import Reader
from search import hits
from search.engines.base import Engine
from search.nodes import AnyOf, Fuzzy
from search.plan import Plan
from search.schema import text_field
from search.stopwords import STOP_WORDS
from search.syntax import parse
from search.text import content_words, fold, words_of

# With more results than these the reader is not helped by others.
NEARLY_NOTHING = 2
# More words than these are not corrected, nor are shorter ones: too many words are like them.
MAX_CORRECTED = 6
SHORTEST = 4
LOOKED_AT = 10
LOOKED_AT_CHARS = 30_000
_PARTS = ("title", "summary", "body")


def corrected(text: str, plan: Plan, engine: Engine, reader: Reader) -> str:
    """The text with its unknown words replaced; empty if there is nothing better. Raises EngineError."""
    wanted = [word for word in content_words(parse(text).plain) if _may_be_corrected(word)]
    better = {word: _nearest(word, plan, engine, reader) for word in wanted[:MAX_CORRECTED]}
    changed = {word: other for word, other in better.items() if other}
    return _replaced(text, changed) if changed else ""


def _may_be_corrected(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _replaced(text: str, changed: Mapping[str, str]) -> str:
    for word, other in changed.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text, flags=re.IGNORECASE)
    return text


def _nearest(word: str, plan: Plan, engine: Engine, reader: Reader) -> str:
    """The nearest word that the reader may see; empty if it is this one, or if there is none."""
    plain = fold(word)
    found = engine.texts(similar(plain, plan))
    texts = (text.text[:LOOKED_AT_CHARS] for text in hits.visible(found, reader))
    counts = _known(plain, texts)
    best = min(counts, key=lambda known: (distance(plain, fold(known)), -counts[known], known), default="")
    return "" if fold(best) == plain else best


def _allowed(word: str) -> int:
    """How many letters may be wrong."""
    return 1 if len(word) <= 5 else 2


def similar(word: str, plan: Plan) -> Plan:
    """The documents of the plan's reader with a word like this one."""
    legs = tuple(Fuzzy(text_field(part, "exact"), word, _allowed(word)) for part in _PARTS)
    return replace(
        plan, text=AnyOf(legs), words=(), filters={}, sort="relevance", offset=0, limit=LOOKED_AT,
        kinds=(), required=(), refused=(), without=None, ranges={}, alternatives=(),
    )  # fmt: skip


def _known(word: str, texts: Iterable[str]) -> Counter[str]:
    """Words near enough, and how many of the texts have each."""
    counts = Counter(known for text in texts for known in set(words_of(text.lower())))
    limit = _allowed(word)
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
