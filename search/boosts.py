"""What ranks besides words: taken up by others, said to be still true, new; and towns like one's own.

Each is a fixed number of points for having reached a step, so both engines add the same. For every word of the
query all steps together weigh about a seventh of what the word brings where it stands in a title: enough to order
what fits equally well, too little to put what fits badly in front. What was neither retired nor replaced has more
than all steps together: whatever a retired page had proved, it comes after what fits as well.
"""

import time
from collections.abc import Iterable

from search import steps
from search.nodes import AllOf, AtLeast, Constant, Has, Node, Optional
from search.schema import IS_CURRENT

YEAR = 365 * 86_400
# Steps with their points; dates count backwards from today, in seconds, and reach back to a quarter's beginning.
TAKEN_UP = dict(zip(steps.TAKEN_UP, (0.15, 0.15, 0.1), strict=True))
STILL_TRUE = {YEAR: 0.2, 2 * YEAR: 0.15}
NEW = {YEAR: 0.05}
CURRENT = 1.0
# More than any words bring where few are looked at: what was retired or replaced comes last, whatever it is called.
CURRENT_FIRST = Has("current", IS_CURRENT, 1000.0)
# A sentence has no more than so many words that matter.
MOST_WORDS = 6
# Above any sum of points, so that likeness decides and words order what is equally like.
ALIKE = (4000.0, 2000.0)

# Facet values that a document has all of; the more telling first.
Likeness = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


def gently(node: Node, words: int, now: float | None = None) -> Node:
    """The node, with a little more for what has proved itself; `words` is the number of words asked for."""
    today = int(time.time() if now is None else now)
    times = min(max(words, 1), MOST_WORDS)
    reached = [
        ("current", *IS_CURRENT, CURRENT),
        *(("taken_up", str(least), points) for least, points in TAKEN_UP.items()),
        *(("verified_since", steps.quarter(today - age), points) for age, points in STILL_TRUE.items()),
        *(("published_since", steps.quarter(today - age), points) for age, points in NEW.items()),
    ]
    return Optional(node, tuple(Has(name, (value,), points * times) for name, value, points in reached))


def like(node: Node | None, alike: Likeness) -> Node:
    """The node, or everything, with what comes from municipalities like these first."""
    # Nothing was published before 1970.
    needed = AtLeast("published", 0, 0.0) if node is None else node
    return Optional(needed, tuple(_alike(group, ALIKE[at]) for at, group in enumerate(alike[: len(ALIKE)])))


def _alike(group: Iterable[tuple[str, tuple[str, ...]]], points: float) -> Node:
    return Constant(AllOf(tuple(Has(name, values, 0.0) for name, values in group)), points)
