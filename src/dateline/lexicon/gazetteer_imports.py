"""A gazetteer of the user's own: places of a GeoNames dump or of a table, beside those that dateline ships.

A dump is the file of tab-separated lines that GeoNames publishes, ``allCountries.txt`` or one of a country's. A table
has a header (comma or tab) with ``name``, ``lat`` and ``lon``, and may have ``names`` (parted by ``|``), ``kind`` (as
``Place.kind``; ``town`` when empty), ``country`` (ISO 3166 alpha-2 or alpha-3), ``admin1`` (GeoNames' code),
``population``, ``radius_km``, ``geonameid``, and ``first`` and ``last``: the ISO days, months or years between which
the place was there or bore the name.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_index import IndexWriter, writing
from dateline.lexicon.gazetteer_sources import (
    ADMIN1,
    ADMIN2,
    CAPITAL,
    COUNTRY,
    FEATURE,
    KINDS,
    REGION,
    SPOT,
    TOWN,
    Entry,
    countries,
    town_radius,
)
from dateline.lexicon.own import LeftOut

Advance = Callable[[int], None]
_DUMP_COLUMNS = 19
_MOST_NAMES, _MOST_TOLD = 400, 20
_RADIUS = {COUNTRY: 300.0, ADMIN1: 100.0, ADMIN2: 25.0, REGION: 50.0, SPOT: 1.0, FEATURE: 15.0}
_ENOUGH_LINES = 1000  # of which one must be a place, or the file is something else


@dataclass(slots=True)
class Built:
    """What came of a build: places copied from the shipped index, added, given further names, and lines left out."""

    shipped: int = 0
    added: int = 0
    renamed: int = 0
    left_out: int = 0
    examples: list[tuple[Path, LeftOut]] = field(default_factory=list)

    def leave_out(self, path: Path, line: int, why: str) -> None:
        """Note a line that gave no place."""
        self.left_out += 1
        if len(self.examples) < _MOST_TOLD:
            self.examples.append((path, LeftOut(line, why)))


def build(
    target: Path, base: Gazetteer, dumps: Sequence[Path], tables: Sequence[Path], advance: Advance = lambda _: None
) -> Built:
    """Write an index with the places of ``base``, of the dumps and of the tables.

    A place of a dump that ``base`` has by its id only gives it further names. Memory does not grow with the dump.
    ``advance`` is told the bytes read. Raises LexiconError when a file cannot be read or is none of its kind; what
    stood at ``target`` then stays.
    """
    built = Built(shipped=len(base))
    with writing(target) as writer:
        writer.copy(*base.arrays())
        for path in dumps:
            for entry in _dump_entries(path, built, advance):
                _put(writer, base, entry, built)
        for path in tables:
            for entry in _table_entries(path, built, advance):
                writer.add(entry)
                built.added += 1
    return built


def _put(writer: IndexWriter, base: Gazetteer, entry: Entry, built: Built) -> None:
    known = base.by_id(entry.geonameid)
    if known is not None:
        writer.name(known.row, entry.names)
        built.renamed += 1
        return
    if entry.kind == COUNTRY and base.country(entry.country) is not None:
        return
    writer.add(entry)
    built.added += 1


def _dump_entries(path: Path, built: Built, advance: Advance) -> Iterator[Entry]:
    found = 0
    for number, line in enumerate(_lines(path, advance), 1):
        try:
            entry = _of_dump(line)
        except ValueError as error:
            built.leave_out(path, number, str(error))
        else:
            found += 1
            yield entry
        if number == _ENOUGH_LINES and not found:
            break
    if not found:
        raise LexiconError(f"{path}: no place in it; give the unpacked text file of a GeoNames dump, 19 columns a line")


def _lines(path: Path, advance: Advance) -> Iterator[str]:
    """The lines of a file one by one; what is not UTF-8 becomes a mark."""
    with _opened(path) as stream:
        if stream.read(2) == b"PK":
            raise LexiconError(f"{path}: is a zip archive; unpack it and give the text file in it")
        stream.seek(0)
        for raw in stream:
            advance(len(raw))
            yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error


def _of_dump(line: str) -> Entry:
    cells = line.split("\t")
    if len(cells) != _DUMP_COLUMNS:
        raise ValueError(f"{len(cells)} columns where a dump has {_DUMP_COLUMNS}")
    names = (cells[1], cells[2], *cells[3].split(",")[:_MOST_NAMES])
    country, population = cells[8], int(cells[14] or 0)
    kind = _kind(cells[6], cells[7], country)
    admin1 = "" if kind == COUNTRY or cells[10] == "00" else cells[10]
    radius = _RADIUS.get(kind) or town_radius(population)
    return _checked(Entry(kind, _distinct(names), *_point(cells[4], cells[5]), int(cells[0]), country, admin1,
                          max(0, population), radius))  # fmt: skip


def _kind(class_: str, code: str, country: str) -> int:
    """What a GeoNames feature class and code are to us."""
    if class_ == "A":
        if code.startswith("PCL") and country in countries():
            return COUNTRY
        return {"ADM1": ADMIN1, "TERR": REGION, "ZN": REGION}.get(code, ADMIN2)
    if class_ == "P":
        return CAPITAL if code == "PPLC" else TOWN
    return SPOT if class_ in ("S", "R") else FEATURE


def _table_entries(path: Path, built: Built, advance: Advance) -> Iterator[Entry]:
    lines = _lines(path, advance)
    header = next(lines, "").removeprefix("\ufeff")
    delimiter = "\t" if "\t" in header else ","
    columns = next(csv.reader([header], delimiter=delimiter), [])
    if missing := [c for c in ("name", "lat", "lon") if c not in columns]:
        raise LexiconError(f"{path}: its first line names no column {missing[0]!r}; it must name name, lat and lon")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    for cells in reader:
        try:
            if cells:
                yield _of_table(dict(zip(columns, (c.strip() for c in cells), strict=True)))
        except ValueError as error:
            built.leave_out(path, reader.line_num + 1, str(error).replace("zip() argument 2", "the line"))


def _of_table(row: dict[str, str]) -> Entry:
    kind = row.get("kind") or "town"
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    population = int(row.get("population") or 0)
    radius = float(row.get("radius_km") or _RADIUS.get(KINDS.index(kind), 0.0) or town_radius(population))
    return _checked(Entry(
        KINDS.index(kind),
        _distinct((row["name"], *row.get("names", "").split("|"))),
        *_point(row["lat"], row["lon"]),
        int(row.get("geonameid") or 0),
        _alpha2(row.get("country", "")),
        row.get("admin1", ""),
        population,
        radius,
        _day(row.get("first", ""), last=False),
        _day(row.get("last", ""), last=True),
    ))  # fmt: skip


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(n.strip() for n in names if n.strip()))
    if not kept:
        raise ValueError("a place needs a name")
    return kept


def _point(lat: str, lon: str) -> tuple[float, float]:
    point = float(lat), float(lon)
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"{lat}, {lon} is no point in degrees")
    return point


def _checked(entry: Entry) -> Entry:
    if not (0 < entry.radius_km < 21_000) or entry.geonameid < 0:
        raise ValueError(f"radius {entry.radius_km} km or id {entry.geonameid} cannot be")
    return entry


def _alpha2(code: str) -> str:
    if not code or code in countries():
        return code
    found = next((iso2 for iso2, row in countries().items() if row.iso3 == code), None)
    if found is None:
        raise ValueError(f"country {code!r} is no ISO 3166 code")
    return found


def _day(text: str, *, last: bool) -> str:
    """A day, month or year as its first day, or its last; that of a month may be past its end."""
    rest = "-12-31" if last else "-01-01"
    day = text + rest[len(text) - 4 :] if len(text) in (4, 7) else text
    if text:
        date.fromisoformat(day if len(text) != 7 else f"{text}-01")
    return day
