"""An address for every route outside the editor, whether anything is there or not."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import URLResolver

# Wagtail's editor asks its own permissions; `admin/` is one door with one lock.
EDITOR = "admin/"
# Where the arguments can't be read off the pattern.
_GIVEN = {
    "wagtail_serve": ["never-was/"],
    "rendition": ["images/never-was.png"],
    # Whose arguments stand in an including pattern.
    "openid_connect_login": ["never-was"],
    "openid_connect_callback": ["never-was"],
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
}


def routes() -> Iterator[tuple[str, Any]]:
    """Each route outside the editor: its name, or its address where it has none, and its pattern."""
    return _walk(get_resolver())


def addresses() -> dict[str, str]:
    """The name of each route that has one, with one of its addresses."""
    return {name: _address(name, pattern) for name, pattern in routes() if pattern.name}


def _walk(resolver: Any, spaces: tuple[str, ...] = (), prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern).lstrip("^")
        if address.startswith(EDITOR):
            continue
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, inner, address)
        else:
            yield ":".join((*spaces, pattern.name or address)), pattern


def _address(name: str, pattern: Any) -> str:
    if name in _GIVEN:
        return reverse(name, args=_GIVEN[name])
    converters = getattr(pattern.pattern, "converters", {})
    values = {key: 1 if isinstance(kind, IntConverter) else "never-was" for key, kind in converters.items()}
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        regex = pattern.pattern.regex
        if regex.groupindex:
            return reverse(name, kwargs=dict.fromkeys(regex.groupindex, "1"))
        return reverse(name, args=["1"] * regex.groups)
