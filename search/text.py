"""Readers' and writers' text, made harmless and cut into words."""

import re
import unicodedata

from search.stopwords import STOP_WORDS

MAX_BYTES = 1024
MAX_WORDS = 32

# Around a highlighted word; private characters that `clean` removes from everything we index.
MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"

# Control characters, surrogates and private-use characters carry no meaning for a search.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
# "3.5", "gc.ca" and "aujourd'hui" are one word; the engines see to what is inside.
_WORD = re.compile(r"[^\W_]+(?:(?:[.'_]|(?<=\d),(?=\d))[^\W_]+)*")
_ELISION = re.compile(r"^(?:[ldjcstmn]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)", re.IGNORECASE)


# Letters that are more than one with an accent; the engines' analysis knows them too.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def clean(text: str) -> str:
    """The text without characters that no engine should meet."""
    return unicodedata.normalize("NFC", _UNWANTED.sub(" ", text))


def fold(text: str) -> str:
    """The text in lower case and without accents, for comparing what people type."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def clip(text: str, limit: int = MAX_BYTES) -> str:
    """The text's first bytes, cut between characters."""
    return text.encode("utf-8", "ignore")[:limit].decode("utf-8", "ignore")


def normalise(text: str) -> str:
    """A query as we read it: harmless, at most 1 KB, with plain apostrophes and single spaces."""
    plain = clean(text[: MAX_BYTES * 2]).replace("’", "'").replace("ʼ", "'")
    return clip(" ".join(plain.split()))


def words_of(text: str) -> list[str]:
    """Every word of a text as it is written, without French elisions."""
    return [_ELISION.sub("", word) for word in _WORD.findall(text.replace("’", "'"))]


def words(text: str) -> tuple[str, ...]:
    """The first 32 words of a query, each once, without French elisions."""
    found = (_ELISION.sub("", word.lower()) for word in _WORD.findall(normalise(text)))
    return tuple(dict.fromkeys(found))[:MAX_WORDS]


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning in both languages; all of them if none does."""
    every = words(text)
    return tuple(word for word in every if word not in STOP_WORDS) or every
