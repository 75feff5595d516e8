"""The formats by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dateline.export import (
    acled_style,
    csv,
    ftm,
    geojson,
    geoparquet,
    json,
    parquet,
    plover,
    rss,
    timemap,
    ucdp_style,
    xlsx,
)
from dateline.records import Happening

Happenings = Iterable[Happening]
LeftOut = Counter[str]
"""How many happenings a format could not hold, by the reason in words."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files and what it is, and one of two ways to write it.

    ``lines`` yields text; ``write`` writes a new binary file at a path. Both count what they leave out.
    """

    ending: str
    about: str
    lines: Callable[[Happenings, LeftOut], Iterator[str]] | None = None
    write: Callable[[Happenings, str, LeftOut], None] | None = None


FORMATS: dict[str, Format] = {
    "csv": Format("csv", "one row a happening, for spreadsheets and R", lines=csv.happenings),
    "jsonl": Format("jsonl", "one happening a line, with its reports", lines=json.happenings),
    "geojson": Format("geojson", "a point a happening, for QGIS and web maps", lines=geojson.lines),
    "parquet": Format("parquet", "the rows of csv with their types", write=parquet.write),
    "geoparquet": Format("parquet", "the same with points, for GeoPandas and QGIS", write=geoparquet.write),
    "xlsx": Format("xlsx", "a workbook: happenings, their reports, what was left out", write=xlsx.write),
    "plover": Format("tsv", "tab-separated, the columns of POLECAT", lines=plover.lines),
    "acled-style": Format("csv", "what ACLED would code, under its column names", lines=acled_style.lines),
    "ucdp-style": Format(
        "csv", "deadly organised violence, under the column names of UCDP GED", lines=ucdp_style.lines
    ),
    "timemap": Format("json", "events, sources and associations for TimeMap", lines=timemap.lines),
    "ftm": Format("ftm.json", "FollowTheMoney entities, one a line", lines=ftm.lines),
    "rss": Format("rss", "a feed of the newest, with points", lines=rss.lines),
}
