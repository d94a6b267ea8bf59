"""Where in a long text to cut a fragment from.

Tantivy takes a text apart word by word to mark its words. Of a long body that is most of what a search costs, so
only the part is handed over in which most of the words seem to stand together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from search.text import fold

FRAGMENT_CHARS = 220
# Around the place, so that the fragment can begin and end where it reads best.
MARGIN_CHARS = 120
# More places of one word than these say nothing new.
MOST_PLACES = 40
# So many letters at a word's end may be inflection.
INFLECTED = 3
SHORTEST = 4

Place = tuple[int, int]


def beginnings(words: Iterable[str]) -> tuple[frozenset[str], ...]:
    """What each word may begin with in a text, in lower case: its stem is what an index compares."""
    return tuple(frozenset(map(_stem, (word.lower(), fold(word)))) for word in words)


def _stem(word: str) -> str:
    return word[: max(SHORTEST, len(word) - INFLECTED)]


def part_of(text: str, wanted: tuple[frozenset[str], ...]) -> str:
    """The part of a text with most of the words; all of it if that is short or none seems to be there."""
    if len(text) <= FRAGMENT_CHARS + 2 * MARGIN_CHARS:
        return text
    places = sorted(_places(text.lower(), wanted))
    return _around(text, _best(places)) if places else text


def _places(text: str, wanted: tuple[frozenset[str], ...]) -> Iterator[Place]:
    for number, forms in enumerate(wanted):
        for form in forms:
            at = text.find(form)
            for _ in range(MOST_PLACES):
                if at < 0:
                    break
                yield at, number
                at = text.find(form, at + len(form))


def _best(places: list[Place]) -> int:
    """Where the fragment with the most different words begins; of equal ones the first."""
    best, most, end = places[0][0], 0, 0
    inside: Counter[int] = Counter()
    for at, number in places:
        while end < len(places) and places[end][0] < at + FRAGMENT_CHARS:
            inside[places[end][1]] += 1
            end += 1
        if len(+inside) > most:
            best, most = at, len(+inside)
        inside[number] -= 1
    return best


def _around(text: str, at: int) -> str:
    """The text around a place, with whole words only."""
    start = text.rfind(" ", 0, max(at - MARGIN_CHARS, 0)) + 1
    end = text.find(" ", at + FRAGMENT_CHARS + MARGIN_CHARS)
    return text[start : end if end >= 0 else len(text)]
