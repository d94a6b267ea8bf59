"""Places in a page that apps above may fill without being imported from below.

A municipality's page, say, belongs to `members/`, which knows nothing of adoptions.
`adoptions/` registers a provider for the slot "municipality"; the page shows what it gets.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """One part of a page: a template of the app that fills it, and the template's context."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[Any, Any], "Section | None"]
_providers: dict[str, list[tuple[int, Provider]]] = defaultdict(list)


def register(slot: str, provider: Provider, order: int = 100) -> None:
    """Let `provider(request, subject)` fill the slot; lower `order` comes first. None leaves it out."""
    if all(known is not provider for _, known in _providers[slot]):
        _providers[slot].append((order, provider))
        _providers[slot].sort(key=lambda entry: entry[0])


def fill(slot: str, request: Any, subject: Any = None) -> list[Section]:
    """Return the sections that apps have for this slot, in order."""
    sections = (provider(request, subject) for _, provider in _providers[slot])
    return [section for section in sections if section is not None]
