"""What templates need and Django does not bring. Nothing here queries."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.defaultfilters import capfirst
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return mapping[key] for a key that is itself a variable, or nothing."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""


@cache
def _sprite() -> str:
    # Files and their hashes stay as they are while a process lives.
    return staticfiles_storage.url("img/icons.svg")


@lru_cache(maxsize=512)
def _known_icon(name: str, size: str) -> SafeString:
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false" width="20" height="20"><use href="{}#{}"/></svg>',
        size,
        _sprite(),
        name,
    )


@register.simple_tag
def icon(name: str, size: str = "md") -> SafeString:
    """An icon as `<c-icon>` shows it, for templates that show hundreds of them."""
    return _known_icon(str(name), str(size))


_CHOICE = (
    '<li><label for="{0}"><input id="{0}" type="checkbox" name="{1}" value="{2}"{3}>'
    '<span class="facet-group__label">{4}</span> {5}</label></li>\n'
)
_COUNT = '<span class="facet-group__count num"><span class="sr-only">(</span>{}<span class="sr-only">)</span></span>'
_CHECKED = mark_safe(" checked")


@register.simple_tag
def facet_choices(name: str, choices: Iterable[Any], prefix: str) -> SafeString:
    """The checkboxes of one facet: a hundred of them on every search page, too many for template nodes."""
    return format_html_join(
        "", _CHOICE, (_choice(name, c, f"{prefix}-{name}-{n}") for n, c in enumerate(choices, 1))
    )


def _choice(name: str, choice: Any, identifier: str) -> tuple[Any, ...]:
    read = choice.get if isinstance(choice, Mapping) else lambda key: getattr(choice, key, None)
    checked = _CHECKED if read("selected") else ""
    return identifier, name, read("value"), checked, capfirst(read("label")), _count(read("count"))


def _count(number: int | None) -> SafeString | str:
    if number is None:
        return ""
    return format_html(_COUNT, intcomma(number) if number >= 1000 else number)
