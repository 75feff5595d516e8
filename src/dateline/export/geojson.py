"""GeoJSON (RFC 7946): a FeatureCollection of points, WGS 84, for QGIS and web maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.columns import row
from dateline.export.json import encode
from dateline.records import Happening


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """One feature a line. A happening whose place is not resolved has the geometry ``null``: none is left out.

    How exact a point is, its properties ``place_precision`` and ``radius_km`` say.
    """
    mark = '{"type":"FeatureCollection","name":"dateline","features":[\n'
    for happening in stream:
        yield mark + encode(_feature(happening))
        mark = ",\n"
    yield "\n]}\n" if mark == ",\n" else mark + "]}\n"


def _feature(happening: Happening) -> dict[str, Any]:
    values = row(happening)
    lat, lon = values["lat"], values["lon"]
    geometry = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": values["id"], "geometry": geometry, "properties": values}
