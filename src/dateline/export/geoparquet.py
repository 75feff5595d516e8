"""GeoParquet 1.1: the rows of Parquet with a column ``geometry`` of points (WKB, WGS 84)."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.columns import TYPES, row
from dateline.export.parquet import copy
from dateline.records import Happening

_POINT = struct.Struct("<BIdd")  # little-endian well-known binary: byte order 1, geometry type 1, longitude, latitude


def write(stream: Iterable[Happening], path: str, left_out: Counter[str]) -> None:
    """Write a new file; a happening whose place is not resolved has the geometry NULL: none is left out."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    metadata = {"geo": {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}}
    types = {**TYPES, "geometry": "VARCHAR"}
    select = "* REPLACE (from_hex(geometry) AS geometry)"
    copy(_rows(stream, column), types, path, select=select, metadata=metadata)


def _rows(stream: Iterable[Happening], column: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows; at their end ``column`` knows the box that they fill."""
    west = south = float("inf")
    east = north = float("-inf")
    for happening in stream:
        values = row(happening)
        lat, lon, geometry = values["lat"], values["lon"], None
        if lat is not None and lon is not None:
            geometry = _POINT.pack(1, 1, lon, lat).hex()
            west, south, east, north = min(west, lon), min(south, lat), max(east, lon), max(north, lat)
        yield {**values, "geometry": geometry}
    if west <= east:
        column["bbox"] = [west, south, east, north]
