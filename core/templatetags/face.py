"""What templates need and Django does not bring. Nothing here queries."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return mapping[key] for a key that is itself a variable, or nothing."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""
