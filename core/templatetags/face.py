"""What templates need and Django does not bring. Nothing here queries."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.defaultfilters import capfirst
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = template.Library()


@register.simple_tag
def records_notice() -> str:
    """What people must know before they write: the installation's own words, or ours."""
    own: str = settings.RECORDS_NOTICE.get(get_language() or "", "")
    return own or gettext(
        "What you write here may be a public record: it can have to be kept, and disclosed on request. "
        "Leave out personal information."
    )


@register.simple_tag
def colon() -> str:
    """The colon between two things that are shown, with the spaces that the reader's language has around it."""
    return gettext(": ")


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return mapping[key] for a key that is itself a variable, or nothing."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""


@register.filter
def get_at(items: Sequence[Any], number: int) -> Any:
    """Return items[number] for a number that is itself a variable, or nothing."""
    return items[number] if number < len(items) else ""


@cache
def _sprite() -> str:
    # Files and their hashes stay as they are while a process lives.
    return staticfiles_storage.url("img/icons.svg")


@lru_cache(maxsize=512)
def _known_icon(name: str, size: str) -> SafeString:
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false" width="20" height="20"><use href="{}#{}"/></svg>\n',
        size,
        _sprite(),
        name,
    )


@register.simple_tag
def icon(name: str, size: str = "md") -> SafeString:
    """An icon as `<c-icon>` shows it, for templates that show hundreds of them."""
    return _known_icon(str(name), str(size))


_CHOICE = (
    '<li{6}><label for="{0}"><input id="{0}" type="checkbox" name="{1}" value="{2}"{3}>'
    '<span class="facet-group__label">{4}</span> {5}</label></li>\n'
)
_COUNT = '<span class="facet-group__count num"><span class="sr-only">(</span>{}<span class="sr-only">)</span></span>'
_NOT_A_NAME = re.compile(r"[^a-zA-Z0-9]+")


@register.simple_tag
def facet_choices(name: str, choices: Iterable[Any], prefix: str) -> SafeString:
    """The checkboxes of one facet: a hundred of them on every search page, too many for template nodes."""
    rows = (_CHOICE.format(*_choice(escape(name), choice, escape(prefix))) for choice in choices)
    return mark_safe("".join(rows))  # noqa: S308 - our own markup, and escaped texts


def _choice(name: str, choice: Any, prefix: str) -> tuple[str, ...]:
    """What goes into the markup, escaped."""
    read = choice.get if isinstance(choice, Mapping) else lambda key: getattr(choice, key, None)
    value = str(read("value"))
    # Named by its value, so that the focus stays on it when the list comes back in another order.
    identifier = f"{prefix}-{name}-{_NOT_A_NAME.sub('-', value)}"
    checked = " checked" if read("selected") else ""
    label, below = capfirst(str(read("label") or "")), ' class="is-below"' if read("depth") else ""
    return identifier, name, escape(value), checked, escape(label), _count(read("count")), below


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return _COUNT.format(intcomma(number) if number >= 1000 else int(number))


# Stands in a kept card for the text, which is another one for each search.
_TEXT = f"text-{secrets.token_hex(12)}"


@register.simple_tag
def item_card(text: str, **facts: Any) -> SafeString:
    """A card as `<c-item-card>` shows it. The same facts give the same card, so it is kept; the text is not.

    Who may see an item is decided before: a card is found only by somebody who has all its facts.
    """
    before, after = _card(
        get_language(), bool(text), tuple((name, _plain(value)) for name, value in facts.items())
    )
    return mark_safe(f"{before}{conditional_escape(text)}{after}")  # noqa: S308 - a template's output, and escaped text


def _plain(value: Any) -> Any:
    # A safe string equals a plain one, so a card kept for the first must not answer for the second.
    return value[:] if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _card(language: str | None, with_text: bool, facts: tuple[tuple[str, Any], ...]) -> tuple[str, str]:
    text = mark_safe(_TEXT) if with_text else ""  # noqa: S308 - letters and digits
    html = render_to_string("components/item_card/card.html", {**dict(facts), "snippet": text})
    before, _, after = html.partition(_TEXT)
    return before, after
