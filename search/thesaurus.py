"""What else people call things: groups of terms that mean the same, in English, French and across.

Coordinators edit the groups; a query is expanded with them, so nothing needs to be indexed again.
Here also: the ways to write a compound ("snow-plow", "snowplow", "snow plow").
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from search.stopwords import STOP_WORDS
from search.text import fold, words

DATA = Path(__file__).parent / "data" / "thesaurus.csv"
LONGEST_TERM = 5
# More expansions than these cost time and say little.
MAX_SPANS = 6
MAX_OTHERS = 8
# Longer queries say enough by themselves; shorter or longer words are rarely compounds.
MAX_COMPOUND_WORDS = 4
COMPOUND = range(6, 15)

Key = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One way to say it. `compound` is neither language's word but another spelling of the reader's."""

    text: str
    language: str


@dataclass(frozen=True)
class Span:
    """Some words of a query, and what they are called elsewhere."""

    words: tuple[str, ...]
    others: tuple[Term, ...]


@dataclass(frozen=True)
class Thesaurus:
    """All groups, by the words of each of their terms."""

    groups: Mapping[Key, tuple[Term, ...]] = field(default_factory=dict)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Every term in the text that is in a group."""
        found = words(text)
        windows = (
            found[start : start + length]
            for length in range(min(LONGEST_TERM, len(found)), 0, -1)
            for start in range(len(found) - length + 1)
        )
        known = (Span(window, self._others(window)) for window in windows)
        return tuple(span for span in known if span.others)[:MAX_SPANS]

    def _others(self, window: tuple[str, ...]) -> tuple[Term, ...]:
        key = _key(window)
        return tuple(term for term in self.groups.get(key, ()) if _key(words(term.text)) != key)[:MAX_OTHERS]


EMPTY = Thesaurus()


def _key(found: Iterable[str]) -> Key:
    """Words without accents and plural endings."""
    return tuple(_singular(fold(word)) for word in found)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def from_terms(rows: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Thesaurus:
    """A thesaurus from English and French terms of each group; a term may be in several groups."""
    groups: dict[Key, dict[Term, None]] = {}
    for english, french in rows:
        terms = [*(Term(text, "en") for text in english), *(Term(text, "fr") for text in french)]
        for term in terms:
            if key := _key(words(term.text)):
                groups.setdefault(key, {}).update(dict.fromkeys(terms))
    return Thesaurus({key: tuple(terms) for key, terms in groups.items()})


def read_rows(path: Path = DATA) -> list[dict[str, str]]:
    """The groups of a file with the columns of `thesaurus.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split_terms(text: str) -> list[str]:
    """The terms of one cell of the file."""
    return [term.strip() for term in text.split(";") if term.strip()]


@lru_cache(maxsize=1)
def from_file(path: Path = DATA) -> Thesaurus:
    """The thesaurus as it is delivered."""
    return from_terms((split_terms(row["english"]), split_terms(row["french"])) for row in read_rows(path))


def compounds(text: str) -> tuple[Span, ...]:
    """The words of a short query written together or apart."""
    found = words(text)
    if len(found) > MAX_COMPOUND_WORDS:
        return ()
    joined = (Span(pair, (Term("".join(pair), "compound"),)) for pair in pairwise(found) if _may_join(pair))
    apart = (Span((word,), others) for word in found if (others := tuple(_apart(word))))
    return (*joined, *apart)


def _may_join(pair: tuple[str, str]) -> bool:
    return not STOP_WORDS & set(pair) or len(pair[0]) == 1 or pair[0].isdigit()


def _apart(word: str) -> Iterator[Term]:
    """A word as two: "e-permitting", "3-D", or two halves of at least three letters."""
    if word[0] == "e" and len(word) in COMPOUND:
        yield Term(f"e {word[1:]}", "compound")
    if len(word) == 2 and word[0].isdigit() and word[1].isalpha():
        yield Term(f"{word[0]} {word[1]}", "compound")
    if len(word) in COMPOUND and word.isalpha():
        halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
        yield from (Term(" ".join(pair), "compound") for pair in halves if not STOP_WORDS & set(pair))
