"""Newer pages that replace older ones.

A replaced page ranks lower, but only where all its readers may see what replaced it: else its place would tell of that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from library.registry import kinds
from search.kinds.translations import reaches

Successors = Mapping[int, list[Any]]


def of(ids: Sequence[int]) -> Successors:
    """The live pages that supersede these, by the page they supersede; one query for each kind."""
    found: dict[int, list[Any]] = defaultdict(list)
    for model in kinds().values():
        for page in model.objects.live().filter(supersedes__in=ids).order_by("pk"):
            found[page.supersedes_id].append(page)
    return found


def replaces(page: Any, successors: Successors) -> bool:
    """Whether another page, which all readers of this one may see, has replaced it."""
    return any(reaches(successor, page) for successor in successors.get(page.pk, ()))
