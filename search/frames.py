"""From a place on earth to a place in a drawing."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 800, 560
# The room around the outermost dots.
MARGIN = 56.0
# The least height of the map, in degrees on the map's own scale: a single town is shown with its neighbours.
LEAST_SPAN = 1.6
# Where to look when no place is known at all: longitude, and latitude on the map's own scale.
ONTARIO = (-80.0, 52.0)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Town:
    """A municipality and where it lies, in degrees; not everywhere known."""

    slug: str
    name: str
    latitude: float
    longitude: float

    @property
    def is_located(self) -> bool:
        """Whether anybody has said where it lies."""
        return self.latitude is not None and self.longitude is not None


def _height_of(latitude: float) -> float:
    """Mercator: what people know from other maps, in degrees."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


@dataclass(frozen=True)
class Frame:
    """From degrees to the drawing: the middle, and how many units a degree takes."""

    longitude: float
    height: float
    scale: float
    size: tuple[float, float] = (WIDTH, HEIGHT)

    @classmethod
    def around(cls, towns: Iterable[Town], size: tuple[float, float] = (WIDTH, HEIGHT)) -> "Frame":
        """The frame of this size that all these towns fit into."""
        points = [(town.longitude, _height_of(town.latitude)) for town in towns] or [ONTARIO]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        margin = MARGIN * size[0] / WIDTH
        scale = min(
            (size[0] - 2 * margin) / max(east - west, LEAST_SPAN),
            (size[1] - 2 * margin) / max(north - south, LEAST_SPAN),
        )
        return cls((west + east) / 2, (south + north) / 2, scale, size)

    def point(self, town: Town) -> tuple[float, float]:
        """Where the town is drawn."""
        return self._at(town.longitude, _height_of(town.latitude))

    def _at(self, longitude: float, height: float) -> tuple[float, float]:
        x = self.size[0] / 2 + (longitude - self.longitude) * self.scale
        y = self.size[1] / 2 - (height - self.height) * self.scale
        return round(x, 1), round(y, 1)

    def window(self, inner: "Frame") -> Box:
        """Left, top, width and height of another frame's view in this one."""
        width, height = (length / inner.scale * self.scale for length in inner.size)
        x, y = self._at(inner.longitude, inner.height)
        return (round(x - width / 2, 1), round(y - height / 2, 1), round(width, 1), round(height, 1))

    def dots(self, towns: Iterable[Town]) -> str:
        """One path with a dot for each town inside the frame."""
        inside = (self.point(town) for town in towns)
        width, height = self.size
        return "".join(f"M{x:g} {y:g}h0" for x, y in inside if 0 <= x <= width and 0 <= y <= height)
