"""Typing mistakes made on purpose, to measure what the search forgives. The same seed makes the same mistakes."""

import random
import re

from search.text import fold

# The keys beside each letter on the keyboards of this country.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 4
_WORDS = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def _beside(letter: str) -> str:
    row = next((row for row in _ROWS if letter in row), letter)
    at = row.find(letter)
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]


def _swap(word: str, at: int) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def _replace(word: str, at: int, dice: random.Random) -> str:
    keys = _beside(fold(word[at]))
    return word[:at] + dice.choice(keys) + word[at + 1 :] if keys else _drop(word, at)


def misspelt(text: str, seed: str) -> str:
    """The text with one mistake in one of its longer words: two letters swapped, one dropped, doubled or hit beside."""
    found = list(_WORDS.finditer(text))
    if not found:
        return text
    dice = random.Random(f"{seed}:{text}")  # noqa: S311 - repeatable on purpose
    word = dice.choice(found)
    at = dice.randrange(len(word.group()))
    kind = dice.choice((_swap, _drop, _double, None))
    wrong = kind(word.group(), at) if kind else _replace(word.group(), at, dice)
    return text[: word.start()] + wrong + text[word.end() :]
