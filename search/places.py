"""The results on a map: a dot for each municipality, drawn here, without anybody's tiles.

The faint dots are Ontario's other municipalities where they really lie; together they are the map.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.core.cache import cache

from core.pagecache import generation
from members.models import MunicipalityPage
from search.facets import toggled
from search.forms import address
from search.frames import HEIGHT, WIDTH, Box, Frame, Town
from search.values import ResultPage, SearchRequest

# The least and the most that a dot measures.
SMALLEST, LARGEST = 9.0, 24.0
# The small map of everything in the corner, and how far from the edge it is.
INSET, EDGE = (200.0, 150.0), 12.0
KEEP_SECONDS = 600
MOST_NAMES = 24
_LETTER, _LINE = 8.2, 18.0


@dataclass(frozen=True)
class Row:
    """A municipality's line in the table."""

    name: str
    count: int
    url: str
    selected: bool


@dataclass(frozen=True)
class Place(Row):
    """A municipality with results: where its dot is drawn, and how large."""

    x: float
    y: float
    radius: float
    # "start" or "end" of the name beside the dot; empty where there is no room for it.
    anchor: str = ""

    @property
    def name_x(self) -> float:
        """Where the name begins, or ends."""
        return round(self.x + (self.radius + 5) * (-1 if self.anchor == "end" else 1), 1)


@dataclass(frozen=True)
class Map:
    """Everything the template draws, most results first; `others` and `whole` are paths of dots.

    `rows` also has the municipalities whose place is not known. `window` is the part of the `whole` that is drawn.
    """

    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    others: str
    whole: str
    window: Box
    # Where the small map of everything covers no dot; None where it would.
    corner: tuple[float, float] | None
    width: int = WIDTH
    height: int = HEIGHT


def drawn(found: ResultPage, path: str) -> Map:
    """The map of all results, whatever the page."""
    counted = {slug: found.places.get(slug, 0) for slug in (*found.places, *_chosen(found.request))}
    known = _towns()
    shown = sorted(
        (town for town in known if town.slug in counted), key=lambda town: (-counted[town.slug], town.name)
    )
    located, everywhere = ([town for town in towns if town.is_located] for towns in (shown, known))
    frame, whole = Frame.around(located or everywhere), Frame.around(everywhere, INSET)
    most = max(counted.values(), default=0) or 1
    dots = [_place(_row(town, counted, found.request, path), town, most, frame) for town in located]
    return Map(
        places=tuple(_with_names(dots)),
        rows=tuple(_row(town, counted, found.request, path) for town in shown),
        others=frame.dots(town for town in everywhere if town.slug not in counted),
        whole=whole.dots(everywhere),
        window=whole.window(frame),
        corner=_free_corner(dots),
    )


def drawn_towns(urls: Mapping[str, str]) -> Map:
    """The map of some municipalities, given by slug with their addresses: dots of one size; the table is the page's."""
    known = _towns()
    everywhere = [town for town in known if town.is_located]
    shown = sorted((town for town in everywhere if town.slug in urls), key=lambda town: town.name)
    frame, whole = Frame.around(shown or everywhere), Frame.around(everywhere, INSET)
    dots = [Place(town.name, 0, urls[town.slug], False, *frame.point(town), SMALLEST) for town in shown]
    return Map(
        places=tuple(_with_names(dots)),
        rows=(),
        others=frame.dots(town for town in everywhere if town.slug not in urls),
        whole=whole.dots(everywhere),
        window=whole.window(frame),
        corner=_free_corner(dots),
    )


def _free_corner(dots: Iterable[Place]) -> tuple[float, float] | None:
    taken = [_dot_box(dot) for dot in dots]
    right, bottom = WIDTH - INSET[0] - EDGE, HEIGHT - INSET[1] - EDGE
    corners = ((EDGE, EDGE), (right, EDGE), (EDGE, bottom), (right, bottom))
    return next((at for at in corners if _is_free((*at, at[0] + INSET[0], at[1] + INSET[1]), taken)), None)


def _chosen(request: SearchRequest) -> tuple[str, ...]:
    return request.filters.get("municipality", ())


def _towns() -> list[Town]:
    key = f"search:towns:{generation()}"
    known: list[Town] | None = cache.get(key)
    if known is None:
        rows = MunicipalityPage.objects.live().order_by()
        known = [Town(*row) for row in rows.values_list("slug", "title", "latitude", "longitude")]
        cache.set(key, known, KEEP_SECONDS)
    return known


def _row(town: Town, counted: Mapping[str, int], request: SearchRequest, path: str) -> Row:
    chosen = town.slug in _chosen(request)
    # Choosing a town leads to its results; a town that is let go leaves the map as it is.
    target = toggled(replace(request, view=request.view if chosen else "list"), "municipality", town.slug)
    return Row(town.name, counted[town.slug], address(path, target), chosen)


def _place(row: Row, town: Town, most: int, frame: Frame) -> Place:
    x, y = frame.point(town)
    radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(row.count / most)
    return Place(row.name, row.count, row.url, row.selected, x, y, round(radius, 1))


def _with_names(places: list[Place]) -> Iterable[Place]:
    """Names beside the dots with most results, as far as there is room for them."""
    taken: list[Box] = [_dot_box(place) for place in places]
    if corner := _free_corner(places):
        taken.append((*corner, corner[0] + INSET[0], corner[1] + INSET[1]))
    for number, place in enumerate(places):
        room = (_named(place, anchor) for anchor in ("start", "end")) if number < MOST_NAMES else ()
        free = next((named for named in room if _is_free(_name_box(named), taken)), place)
        if free.anchor:
            taken.append(_name_box(free))
        yield free


def _named(place: Place, anchor: str) -> Place:
    return replace(place, anchor=anchor)


def _dot_box(place: Place) -> Box:
    return (place.x - place.radius, place.y - place.radius, place.x + place.radius, place.y + place.radius)


def _name_box(place: Place) -> Box:
    length = _LETTER * len(place.name)
    left = place.name_x - length if place.anchor == "end" else place.name_x
    return (left, place.y - _LINE / 2, left + length, place.y + _LINE / 2)


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT
    return inside and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
    )
