"""Items picked for comparison, as an address names them: `case-study:12`."""

import re
from collections.abc import Iterable

from search.documents import key_of

MOST = 4
# Past this an address was not made by picking.
_MOST_READ = 20
_PICK = re.compile(r"(?P<kind>[a-z]{2,20}([_-][a-z]{2,20})?):(?P<id>[1-9][0-9]{0,17})")


def parse(values: Iterable[str]) -> tuple[str, ...]:
    """The keys of the items that are named; what is no name is ignored."""
    found = (_PICK.fullmatch(value) for value in list(values)[:_MOST_READ])
    keys = (key_of(match["kind"].replace("-", "_"), int(match["id"])) for match in found if match)
    return tuple(dict.fromkeys(keys))


def written(key: str) -> str:
    """A key as an address has it."""
    return key.replace("_", "-")
