"""What the search must know about a kind of thing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from members.audience import Reader
from search.documents import Document

FIRST_IMPOSSIBLE_ID = 2**63


@dataclass(frozen=True)
class Kind:
    """One searchable kind. `browsed` kinds are listed where no words were given."""

    name: str
    label: str | Promise | None
    model: Any
    build: Callable[[Sequence[int]], Iterable[Document]]
    live: Callable[[], Any]
    browsed: bool = True

    @property
    def plural(self) -> str | Promise:
        """What several of them are called."""
        return self.model._meta.verbose_name_plural

    def ids(self) -> list[int]:
        """Everything of this kind that belongs in an index."""
        return list(self.live().order_by("pk").values_list("pk", flat=True))

    def documents(self, ids: Sequence[int]) -> list[Document]:
        """The current state of those of these items that belong in an index."""
        return list(self.build(ids))

    def visible_ids(self, reader: Reader, ids: Iterable[int]) -> set[int]:
        """Which of these items the database lets this reader see: the second lock."""
        # A number from an address may be larger than any that a database can be asked for.
        known = [pk for pk in ids if pk < FIRST_IMPOSSIBLE_ID]
        found = self.model.objects.visible_to(reader).filter(pk__in=known)
        return set(found.values_list("pk", flat=True))
