"""Quotes: what a quote button writes, and how deep quotes may go."""

import re

from discussions.comments import limits

_MARKS = re.compile(r"^[ \t]*((?:>[ \t]?)+)")


def quote(text: str) -> str:
    """The text as a Markdown quote, without what it quotes itself, cut to a decent length."""
    own = [line for line in text.splitlines() if not _MARKS.match(line)]
    kept = "\n".join(own).strip()
    if len(kept) > limits.MAX_QUOTED:
        kept = kept[: limits.MAX_QUOTED].rsplit(" ", 1)[0] + " …"
    lines = re.sub(r"\n{3,}", "\n\n", kept).splitlines()
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def levels(text: str) -> int:
    """How many quotes stand in one another at the deepest place."""
    found = (_MARKS.match(line) for line in text.splitlines())
    return max((match[1].count(">") for match in found if match), default=0)
