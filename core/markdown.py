"""Markdown for readers: one dialect, bounded in length, nesting and time, sanitised.

Text is rendered once, when it is saved, and the HTML stored beside it. markdown-it-py is
used and not Python-Markdown, because the latter cannot be bounded (docs/adr/0003).
"""

import re
from functools import cache
from html import unescape

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

MAX_CHARACTERS = 100_000
# Deeper block quotes and lists than this are shown as text.
MAX_NESTING = 20
# Rendering costs most for these characters and for short lines; nobody writes thousands of them by hand.
MARKS = ("[", "*", "_", "~", "`", "|")
MAX_MARKS = 4_000
# What begins an address costs the renderer as much as so many marks.
ADDRESSES, MARKS_AN_ADDRESS = ("://", "mailto:"), 5
MAX_LINES = 3_000

_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
# What nh3 has written is well formed: `<` is always a tag's, and quotes in attributes are balanced.
_TAG = re.compile(r"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_END_OF_BLOCK = re.compile(r"</(?:p|li|ul|ol|h\d|td|th|blockquote|pre)>|<[bh]r[^>]*>")
_INNERMOST_QUOTE = re.compile(r"<blockquote>(?:(?!</?blockquote>).)*</blockquote>", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])>")


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("gfm-like", {"html": False, "maxNesting": MAX_NESTING, "linkify": True})
    # Only what is written as an address becomes a link: guessing costs most of the time and is often wrong.
    assert renderer.linkify is not None  # asked for in the line above
    renderer.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return renderer


def validate(text: str) -> None:
    """Refuse text that cannot be rendered in bounded time, saying why; the text itself is kept by the form."""
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(
            _("This text has %(count)s characters; %(limit)s is the limit. Attach the rest as a document."),
            params={"count": len(text), "limit": MAX_CHARACTERS},
            code="too_long",
        )
    addresses = sum(map(text.count, ADDRESSES))
    marks, lines = sum(map(text.count, MARKS)) + addresses * MARKS_AN_ADDRESS, text.count("\n")
    if marks > MAX_MARKS or lines > MAX_LINES:
        raise ValidationError(
            _(
                "This text has %(marks)s marks and %(lines)s lines; the limits are %(limit)s. Attach it as a document."
            ),
            params={"marks": marks, "lines": lines, "limit": f"{MAX_MARKS} / {MAX_LINES}"},
            code="too_dense",
        )


def render(text: str) -> SafeString:
    """Return the text as sanitised HTML whose headings start at level 2, below the page's own."""
    if not text or not text.strip():
        return mark_safe("")
    validate(text)
    html = _HEADING.sub(_lower_heading, _renderer().render(text))
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean)  # noqa: S308 -- sanitised on the line above


def _lower_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{min(int(match[2]) + 1, 6)}>"


def plain(html: str) -> str:
    """The words of sanitised HTML, one block below the other; what is emphasised stays in its sentence."""
    return unescape(_TAG.sub("", _END_OF_BLOCK.sub("\n", html))).strip()


def in_own_words(html: str, longest: int) -> str:
    """The beginning of what somebody says themself, in one line of at most so many characters and an ellipsis.

    What they quote stands for them only where they say nothing else.
    """
    own = html
    for _level in range(MAX_NESTING):
        own = _INNERMOST_QUOTE.sub("", own)
    words = " ".join((plain(own) or plain(html)).split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
