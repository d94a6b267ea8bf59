"""The words of attached files in an index, and from a found fragment back to the file's name.

All files of an item fill one field. Private characters strewn between the words say which file they
are from; no analyzer sees them, and no text can bring its own (`search.text.clean`).
"""

import re
from collections.abc import Iterator, Sequence

from search.documents import AttachedFile
from search.text import MARK_OPEN, clean

MAX_FILES = 50
# Of all files of one item together.
MAX_CHARS = 200_000
# Each few words stand between two marks, so that a fragment cut anywhere keeps one of them.
_WORDS_BETWEEN = 4
_FIRST = 0xE100
_MARKS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + MAX_FILES - 1)}]")


def file_words(files: Sequence[AttachedFile]) -> str:
    """The words of all files, marked with where they are from; names are words too."""
    marked = (" ".join(_marked(number, file)) for number, file in enumerate(files[:MAX_FILES]))
    return "\n".join(marked)[:MAX_CHARS]


def _marked(number: int, file: AttachedFile) -> Iterator[str]:
    mark, words = chr(_FIRST + number), clean(file.text).split()
    yield f"{mark}{clean(file.name)}{mark}"
    for start in range(0, len(words), _WORDS_BETWEEN):
        yield f"{mark}{' '.join(words[start : start + _WORDS_BETWEEN])}{mark}"


def file_of(fragment: str, names: Sequence[str]) -> str:
    """The name of the file that a fragment's first found word is from; empty if it is from none."""
    before, _, after = fragment.partition(MARK_OPEN)
    marks = _MARKS.findall(after)[:1] or _MARKS.findall(before)[-1:]
    number = ord(marks[0]) - _FIRST if marks else len(names)
    return names[number] if number < len(names) else ""


def without_marks(fragment: str) -> str:
    """The fragment as people read it."""
    return _MARKS.sub("", fragment).strip()
