"""A small map as SVG: outlines of countries, a graticule, and the places of events.

The outlines are Natural Earth's, in the public domain; borders in dispute are drawn as Natural Earth has them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from dateline.export.brief import Point
from dateline.export.brief_markup import Html, element
from dateline.export.sides import country_name

XY = tuple[float, float]
Box = tuple[float, float, float, float]

WIDTH = 640.0
_HEIGHTS = (300.0, 520.0)
_PADDING = 0.08
_LEAST_SPAN = 3.0
_ROUND = 360.0
_BIG_PART = 0.1
_LABELS = 14
_LINE = 13.0
_LETTER = 7.4
_FREE = 24.0
_SEEN = 4000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's rings, in degrees (longitude, latitude); ``code`` is ISO alpha-3, ``None`` for land without one."""

    code: str | None
    rings: tuple[tuple[XY, ...], ...]


@cache
def shapes() -> tuple[Shape, ...]:
    """The outlines of all countries."""
    made = json.loads(files("dateline.export").joinpath("data", "outlines.json").read_text(encoding="utf-8"))
    arcs = [tuple(_degrees(arc)) for arc in made["arcs"]]
    return tuple(Shape(code, tuple(_ring(ring, arcs) for ring in rings)) for code, rings in made["countries"])


def _degrees(arc: Sequence[int]) -> Iterator[XY]:
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 100, y / 100


def _ring(numbers: Sequence[int], arcs: Sequence[tuple[XY, ...]]) -> tuple[XY, ...]:
    return tuple(p for n in numbers for p in (arcs[n] if n >= 0 else arcs[~n][::-1]))


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world in degrees, and its size on paper; longitudes are shortened as at its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Points of the drawing to a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        """Of the drawing."""
        return (self.north - self.south) * self.scale / self.shortening

    @property
    def shortening(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    def east_of(self, lon: float) -> float:
        """The longitude counted on eastwards over the 180th meridian where the view goes over it."""
        return lon + _ROUND if lon < self.west and lon + _ROUND <= self.east else lon

    def at(self, lon: float, lat: float) -> XY:
        """Where a point lies on the drawing."""
        return (self.east_of(lon) - self.west) * self.scale, (self.north - lat) * self.scale / self.shortening

    def holds(self, lon: float, lat: float) -> bool:
        """True when the drawing shows the point."""
        return self.west <= self.east_of(lon) <= self.east and self.south <= lat <= self.north


def view_of(country: str, points: Sequence[Point]) -> View | None:
    """The country with its points; where no outline is known the points alone, and without these ``None``."""
    rings = [r for shape in shapes() if shape.code == country for r in shape.rings]
    sizes = [_area(r) for r in rings]
    big = [p for r, size in zip(rings, sizes, strict=True) if size >= _BIG_PART * max(sizes) for p in r]
    found = big or [(p.lon, p.lat) for p in points if p.inside]
    return _fitted(_bounds(_connected(found))) if found else None


def _connected(points: Sequence[XY]) -> Sequence[XY]:
    """The points counted eastwards over the 180th meridian when they lie on both sides of it."""
    lons = [lon for lon, _ in points]
    return [(lon % _ROUND, lat) for lon, lat in points] if max(lons) - min(lons) > _ROUND / 2 else points


def _area(ring: Sequence[XY]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*ring, ring[0])))) / 2


def _bounds(points: Iterable[XY]) -> Box:
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _fitted(box: Box) -> View:
    """The box with a margin, in a shape that a page can hold."""
    west, south, east, north = box
    margin = max(east - west, north - south, _LEAST_SPAN) * _PADDING
    view = View(west - margin, max(-89.0, south - margin), east + margin, min(89.0, north + margin))
    low, high = _HEIGHTS
    if view.height > high:
        more = (view.height / high - 1) * (view.east - view.west) / 2
        return View(view.west - more, view.south, view.east + more, view.north)
    if view.height < low:
        more = (low / view.height - 1) * (view.north - view.south) / 2
        return View(view.west, max(-89.0, view.south - more), view.east, min(89.0, view.north + more))
    return view


def drawing(country: str, name: str, points: Sequence[Point]) -> tuple[Html, int] | None:
    """The map, and how many points lie outside it; ``None`` when there is nothing to place it by."""
    view = view_of(country, points)
    if view is None:
        return None
    shown = [p for p in points if view.holds(p.lon, p.lat)]
    told = "; ".join(f"{p.name}: {p.events}" for p in shown) or "none"
    svg = element(
        "svg",
        element("title", f"Map of {name}: places of events"),
        element("desc", f"Events by place: {told}"),
        element("rect", class_="sea", width=_n(WIDTH), height=_n(view.height)),
        *_land(view, country),
        *_graticule(view),
        *(_dot(view, p) for p in shown),
        *_labels(view, shown[:_LABELS]),
        *_neighbours(view, country, shown),
        viewBox=f"0 0 {_n(WIDTH)} {_n(view.height)}",
        role="img",
        class_="map",
    )
    return svg, len(points) - len(shown)


def _land(view: View, country: str) -> Iterator[Html]:
    for shape in sorted(shapes(), key=lambda s: s.code == country):
        if parts := _seen(shape, view):
            path = " ".join(map(_path, parts))
            yield element("path", d=path, class_="land own" if shape.code == country else "land")


def _seen(shape: Shape, view: View) -> list[list[XY]]:
    """The parts of a shape that the view shows, on the drawing; what lies over the 180th meridian too."""
    turned = [r for ring in shape.rings for r in (ring, [(lon + _ROUND, lat) for lon, lat in ring])]
    return [[view.at(*p) for p in part] for ring in turned if (part := _clipped(ring, view))]


def _clipped(ring: Sequence[XY], view: View) -> list[XY]:
    """The ring inside the view (Sutherland and Hodgman 1974)."""
    edges = ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1))
    points = list(ring)
    for axis, bound, sign in edges:
        points = list(_cut(points, axis, bound, sign))
    return points


def _cut(points: Sequence[XY], axis: int, bound: float, sign: int) -> Iterator[XY]:
    for a, b in zip((*points[-1:], *points[:-1]), points, strict=True):
        inside_a, inside_b = ((p[axis] - bound) * sign >= 0 for p in (a, b))
        if inside_a != inside_b:
            t = (bound - a[axis]) / (b[axis] - a[axis])
            yield a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])
        if inside_b:
            yield b


def _path(points: Sequence[XY]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"


def _graticule(view: View) -> Iterator[Html]:
    step = next(s for s in (1, 2, 5, 10, 20, 30, 60) if (view.east - view.west) / s <= 9)
    for lon in range(math.ceil(view.west / step) * step, math.floor(view.east) + 1, step):
        x, _ = view.at(lon, 0)
        yield element("path", d=f"M{_n(x)} 0V{_n(view.height)}", class_="grid")
        yield element("text", _degree(lon, "E", "W"), x=_n(x + 3), y=_n(view.height - 4), class_="degree")
    for lat in range(math.ceil(view.south / step) * step, math.floor(view.north) + 1, step):
        _, y = view.at(0, lat)
        yield element("path", d=f"M0 {_n(y)}H{_n(WIDTH)}", class_="grid")
        yield element("text", _degree(lat, "N", "S"), x="3", y=_n(y - 3), class_="degree")


def _degree(n: int, plus: str, minus: str) -> str:
    half = (n + 180) % 360 - 180 if plus == "E" else n
    return f"{abs(half)}°{plus if half > 0 else minus if half < 0 else ''}"


def radius(events: int) -> float:
    """Of the dot for so many events: its area grows with them."""
    return min(22.0, 3.5 * math.sqrt(events) + 1)


def _dot(view: View, point: Point) -> Html:
    x, y = view.at(point.lon, point.lat)
    told = f"{point.name}: {point.events} event{'s' * (point.events != 1)}, {point.deadly} with deaths"
    kind = "dot deadly" if point.deadly else "dot"
    return element("circle", element("title", told), cx=_n(x), cy=_n(y), r=_n(radius(point.events)), class_=kind)


def _labels(view: View, points: Sequence[Point]) -> Iterator[Html]:
    """Names of the places with most events, each where it covers no other name or dot, else not at all."""
    dots = [_around(*view.at(p.lon, p.lat), radius(p.events)) for p in points]
    taken: list[Box] = []
    for point, dot in zip(points, dots, strict=True):
        others = [d for d in dots if d is not dot]
        for x, y, anchor in _spots(view.at(point.lon, point.lat), radius(point.events)):
            box = _text_box(point.name, x, y, anchor)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= view.height
            if inside and not any(_meet(box, other) for other in (*taken, *others)):
                taken.append(box)
                yield element("text", point.name, x=_n(x), y=_n(y), text_anchor=anchor, class_="name")
                break


def _neighbours(view: View, country: str, shown: Sequence[Point]) -> Iterator[Html]:
    """The names of other countries, in the middle of the part that is seen where that is wide and free enough."""
    taken = [_around(*view.at(p.lon, p.lat), _FREE) for p in shown]
    for shape in shapes():
        name = country_name(shape.code)
        parts = [] if name is None or shape.code == country else _seen(shape, view)
        if name is None or not parts:
            continue
        x, y = _middle(max(parts, key=_area))
        box = _text_box(name, x, y, "middle")
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= view.height
        if inside and max(map(_area, parts)) >= _SEEN and not any(_meet(box, other) for other in taken):
            yield element("text", name, x=_n(x), y=_n(y), text_anchor="middle", class_="country")


def _middle(ring: Sequence[XY]) -> XY:
    """The centre of gravity of a ring."""
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise((*ring, ring[0]))]
    twice = sum(cross for _, _, cross in pairs) or 1.0
    x, y = (sum((a[axis] + b[axis]) * cross for a, b, cross in pairs) / (3 * twice) for axis in (0, 1))
    return x, y


def _spots(at: XY, r: float) -> Iterator[tuple[float, float, str]]:
    x, y = at
    yield x + r + 4, y + 4, "start"
    yield x - r - 4, y + 4, "end"
    yield x, y - r - 4, "middle"
    yield x, y + r + _LINE, "middle"


def _around(x: float, y: float, r: float) -> Box:
    return x - r, y - r, x + r, y + r


def _text_box(text: str, x: float, y: float, anchor: str) -> Box:
    width = len(text) * _LETTER
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return left, y - _LINE + 2, left + width, y + 3


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
