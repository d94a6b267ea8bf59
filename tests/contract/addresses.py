"""An address for every route outside the editor, whether anything is there or not."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import URLResolver

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


def addresses() -> dict[str, str]:
    """Each route's name, with one of its addresses."""
    return dict(_walk(get_resolver()))


def _walk(resolver: Any, spaces: tuple[str, ...] = (), prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if address.startswith(EDITOR):
            continue
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, inner, address)
        elif pattern.name:
            name = ":".join((*spaces, pattern.name))
            yield name, _address(name, pattern)


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
