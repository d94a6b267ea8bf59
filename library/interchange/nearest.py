"""Names compared as people write them: case, accents, hyphens and quotes do not count."""

import difflib
import re
import unicodedata
from collections.abc import Iterable


def fold(text: object) -> str:
    """Return the text in lower case, without accents, with single spaces between its words."""
    decomposed = unicodedata.normalize("NFKD", str(text).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def nearest(word: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Return the names most like `word`, nearest first; names that contain it come before others."""
    by_key = {fold(name): name for name in names}
    key = fold(word)
    containing = [name for folded, name in by_key.items() if key and (key in folded or folded in key)]
    similar = [by_key[found] for found in difflib.get_close_matches(key, by_key, n=count, cutoff=0.5)]
    return list(dict.fromkeys([*sorted(containing, key=len)[:count], *similar]))[:count]


def quoted(names: Iterable[str]) -> str:
    """Return names as a list for a sentence: “a”, “b”."""
    return ", ".join(f"“{name}”" for name in names)
