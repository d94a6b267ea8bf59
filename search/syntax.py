"""The small query language: "exact phrase", -not, area:transit, by:whitby, stage:live, lang:fr.

Whatever does not have exactly one of these forms is plain text. Reading it never fails, and what is
read becomes leaves of a plan: no character of it reaches an engine as an operator.
"""

import re
from dataclasses import dataclass

from search.text import MAX_WORDS, fold, normalise, words

# What people type before the colon, in either language, and the facet it means.
FIELDS = {
    "area": "service_area",
    "domaine": "service_area",
    "by": "municipality",
    "par": "municipality",
    "stage": "stage",
    "etape": "stage",
    "lang": "language",
    "langue": "language",
}
# Nobody means more than this; what follows is plain text.
MAX_PARTS = 8

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(
    r"""(?<!\S)(?P<sign>-?)
        (?: "(?P<phrase>[^"]+)"(?!\w)
          | (?P<field>[^\W\d_]{2,10}):(?: "(?P<quoted>[^"]+)" | (?P<bare>[^\s":]+) )(?!\S)
          | (?P<word>(?<=-)\w[^\s"]*)(?!\S) )""",
    re.VERBOSE,
)
_ATOM = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Field:
    """One facet with what was typed for its value."""

    facet: str
    value: str


Part = str | Field


@dataclass(frozen=True)
class Asked:
    """What a text asks for: plain words, and what must or must not be there besides."""

    plain: str = ""
    phrases: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    refused_words: tuple[str, ...] = ()
    refused_phrases: tuple[str, ...] = ()
    refused_fields: tuple[Field, ...] = ()

    @property
    def words(self) -> str:
        """Everything that may be found in a text, for marking it."""
        return " ".join((self.plain, *self.phrases))


def parse(text: str) -> Asked:
    """Read a query. Parts without a word in them, and parts past the eighth, stay plain text."""
    found: dict[str, list[Part]] = {}
    plain: list[str] = []
    at = 0
    normal = normalise(text.translate(_QUOTES))
    for match in _PART.finditer(normal):
        name, value = _read(match)
        if value is None or sum(map(len, found.values())) == MAX_PARTS:
            continue
        found.setdefault(name, []).append(value)
        plain.append(normal[at : match.start()])
        at = match.end()
    plain.append(normal[at:])
    parts = {name: tuple(dict.fromkeys(values)) for name, values in found.items()}
    return Asked(plain=" ".join(" ".join(plain).split()), **parts)  # type: ignore[arg-type]


def _read(match: re.Match[str]) -> tuple[str, Part | None]:
    """One part as the name of its place in `Asked` and its value; None if it is plain text after all."""
    refused = "refused_" if match["sign"] else ""
    if match["phrase"]:
        return f"{refused}phrases", _worded(match["phrase"])
    if match["field"]:
        facet = FIELDS.get(fold(match["field"]))
        value = _worded(match["quoted"] or match["bare"])
        return f"{refused}fields", Field(facet, value) if facet and value else None
    return "refused_words", _worded(match["word"])


def _worded(text: str) -> str | None:
    # Engines compare a phrase word by word, so its length has a bound too.
    return text.strip() if words(text) and len(_ATOM.findall(text)) <= MAX_WORDS else None
