"""Highlighted text as safe HTML: escaped first, marked afterwards."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.text import MARK_CLOSE, MARK_OPEN


def to_html(fragment: str) -> SafeString:
    """The fragment with `<mark>` around what was found; whatever else looks like HTML is text."""
    escaped = str(escape(fragment))
    marked = escaped.replace(MARK_OPEN, "<mark>").replace(MARK_CLOSE, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped above, and the marks can't come from a document
