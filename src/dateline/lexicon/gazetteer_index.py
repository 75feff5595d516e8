"""The index of a gazetteer on disk: arrays of records, and of the hashes of names that point into them.

``arrays_of`` makes a small one in memory. ``IndexWriter`` writes one of any size in bounded memory: records go to disk
as they come, name hashes to one of 64 files by their first bits, each of which is sorted by itself at the end.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer_sources import Entry, normalise

RECORD = np.dtype(
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
# First and last day (YYYYMMDD, 0 where open) of the rows that have them.
DATES = np.dtype([("row", "<i4"), ("first", "<i4"), ("last", "<i4")])
ARRAYS = ("records", "keys", "rows", "names", "geonameids", "by_geonameid")
NAME_BYTES = 400
_PAIR = np.dtype([("key", "<u8"), ("value", "<i4")])
_BUCKETS, _FLUSH = 64, 20_000
_ID_SHIFT = 18  # GeoNames ids of a full dump spread over the buckets by their bits from here
_MOST_CODES = 65_535


@dataclass(slots=True)
class _Batch:
    """Rows made ready for the arrays, beginning at row ``start`` and at byte ``at`` of the names."""

    numbers: dict[str, dict[str, int]]
    start: int = 0
    at: int = 0
    records: list[tuple[Any, ...]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    names: bytearray = field(default_factory=bytearray)
    dates: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """One more row."""
        row, name = self.start + len(self.records), entry.names[0].encode("utf-8", "replace")[:NAME_BYTES]
        country, admin1 = self._number("countries", entry.country), self._number("admin1", entry.admin1)
        numeric = entry.geonameid, entry.lat, entry.lon, min(entry.population, 2**31 - 1), entry.radius_km
        where = self.at + len(self.names), len(name)
        self.records.append((*numeric, *where, country, admin1, entry.kind))
        self.names += name
        self.pairs += [(hashed, sign * (row + 1)) for hashed, sign in keys_of(entry.names)]
        if entry.first or entry.last:
            self.dates.append((row, _number_of(entry.first), _number_of(entry.last)))

    def _number(self, what: str, code: str) -> int:
        known = self.numbers[what]
        if len(known) >= _MOST_CODES and code not in known:
            raise LexiconError(f"a gazetteer holds {_MOST_CODES:,} different codes of {what} at most; {code!r} is more")
        return known.setdefault(code, len(known))


def arrays_of(entries: Iterable[Entry]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of an index over ``entries`` and the lists that its country and division numbers refer to."""
    batch = _Batch({"countries": {"": 0}, "admin1": {"": 0}})
    for entry in entries:
        batch.add(entry)
    table, pairs = np.array(batch.records, dtype=RECORD), np.array(batch.pairs, dtype=_PAIR)
    order = np.argsort(pairs["key"], kind="stable")
    by_id = np.argsort(table["geonameid"], kind="stable")
    arrays: dict[str, NDArray[Any]] = {
        "records": table,
        "keys": pairs["key"][order],
        "rows": pairs["value"][order],
        "names": np.frombuffer(bytes(batch.names), dtype=np.uint8),
        "geonameids": table["geonameid"][by_id],
        "by_geonameid": by_id.astype(np.int32),
        "dates": np.array(batch.dates, dtype=DATES),
    }
    return arrays, {**{k: list(v) for k, v in batch.numbers.items()}, "keys": len(pairs)}


def keys_of(names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Hash of each normalised name, once, positive for the main name."""
    seen: set[str] = set()
    for k, name in enumerate(names):
        key = normalise(name[:NAME_BYTES])
        if key and key not in seen:
            seen.add(key)
            yield hash_of(key), 1 if k == 0 else -1


def hash_of(key: str) -> int:
    """64 bits of a normalised name."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def iso_day(number: int) -> str:
    """20010910 as "2001-09-10", 0 as ""."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else ""


def _number_of(day: str) -> int:
    return int(day.replace("-", "")) if day else 0


def write(
    target: Path, arrays: dict[str, NDArray[Any]], codes: dict[str, Any], keep: Callable[[], bool] = lambda: False
) -> None:
    """Write an index whole; one that stands at the target when it is done stays where ``keep`` says so."""
    with _beside(target, keep) as own:
        for name, array in arrays.items():
            if name in ARRAYS or len(array):
                np.save(own / f"{name}.npy", array)
        (own / "codes.json").write_text(json.dumps(codes), encoding="utf-8")


@contextlib.contextmanager
def _beside(target: Path, keep: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """A folder beside the target that takes its place in the end: readers see the whole index or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        yield own
        if target.exists() and not keep():
            shutil.rmtree(target, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was first: its index is as good as ours
            own.rename(target)
    finally:
        shutil.rmtree(own, ignore_errors=True)


class IndexWriter:
    """Writes an index into a folder row by row. Use ``writing``."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, {"countries": {"": 0}, "admin1": {"": 0}}
        self._open = contextlib.ExitStack()
        self._records, self._names = self._raw("records"), self._raw("names")
        self._keys, self._ids = (
            _Buckets([self._raw(f"{what}.{k}") for k in range(_BUCKETS)], bucket_of)
            for what, bucket_of in (("key", _first_bits), ("id", _by_size))
        )
        self._dates: list[NDArray[Any]] = []
        self._batch = _Batch(self._numbers)
        self.rows = 0

    def _raw(self, name: str) -> IO[bytes]:
        return self._open.enter_context((self._folder / f"{name}.raw").open("w+b"))

    def copy(self, arrays: dict[str, NDArray[Any]], codes: dict[str, list[str]]) -> None:
        """Take over a whole index, as ``Gazetteer.arrays`` gives it; the first thing to be written."""
        self._numbers.update({what: {c: k for k, c in enumerate(codes[what])} for what in ("countries", "admin1")})
        self._records.write(arrays["records"].tobytes())
        self._names.write(arrays["names"].tobytes())
        self._keys.add(_pairs(arrays["keys"], arrays["rows"]))
        self._ids.add(_ids_of(arrays["records"]["geonameid"], 0))
        self._dates.append(arrays["dates"])
        self.rows = len(arrays["records"])
        self._batch = _Batch(self._numbers, self.rows, len(arrays["names"]))

    def add(self, entry: Entry) -> None:
        """One more place."""
        self._batch.add(entry)
        self.rows += 1
        if len(self._batch.records) >= _FLUSH:
            self._flush()

    def name(self, row: int, names: tuple[str, ...]) -> None:
        """Further names of a place that is there."""
        self._batch.pairs += [(hashed, -row - 1) for hashed, _ in keys_of(names)]

    def _flush(self) -> None:
        batch = self._batch
        table = np.array(batch.records, dtype=RECORD)
        self._records.write(table.tobytes())
        self._names.write(batch.names)
        self._keys.add(np.array(batch.pairs, dtype=_PAIR))
        self._ids.add(_ids_of(table["geonameid"], batch.start))
        self._dates.append(np.array(batch.dates, dtype=DATES))
        self._batch = _Batch(self._numbers, self.rows, batch.at + len(batch.names))

    def release(self) -> None:
        """Close the files in work."""
        self._open.close()

    def finish(self) -> None:
        """Sort what was written into the arrays of the index."""
        self._flush()
        keys = self._keys.sorted_into(self._folder / "keys.npy", self._folder / "rows.npy", np.dtype("<u8"))
        self._ids.sorted_into(self._folder / "geonameids.npy", self._folder / "by_geonameid.npy", np.dtype("<i8"))
        _settle(self._records, self._folder / "records.npy", RECORD)
        _settle(self._names, self._folder / "names.npy", np.dtype("u1"))
        dates = np.concatenate(self._dates) if self._dates else np.empty(0, DATES)
        if len(dates):
            np.save(self._folder / "dates.npy", dates)
        codes = {**{k: list(v) for k, v in self._numbers.items()}, "keys": keys}
        (self._folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")


@contextlib.contextmanager
def writing(target: Path) -> Iterator[IndexWriter]:
    """A writer whose index takes the place of ``target`` when the block ends well; what stood there stays if not."""
    with _beside(target) as own:
        writer = IndexWriter(own)
        try:
            yield writer
            writer.finish()
        finally:
            writer.release()


def _pairs(keys: NDArray[Any], values: NDArray[Any]) -> NDArray[Any]:
    out = np.empty(len(keys), _PAIR)
    out["key"], out["value"] = keys, values
    return out


def _ids_of(ids: NDArray[Any], start: int) -> NDArray[Any]:
    return _pairs(ids.astype(np.uint64), np.arange(start, start + len(ids), dtype=np.int32))


class _Buckets:
    """Pairs on disk, parted by the size of their key so that the parts can be sorted one by one."""

    def __init__(self, files: Sequence[IO[bytes]], bucket_of: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
        self._files, self._bucket_of = files, bucket_of

    def add(self, pairs: NDArray[Any]) -> None:
        """Keep these pairs, in order."""
        bucket = self._bucket_of(pairs["key"])
        order = np.argsort(bucket, kind="stable")
        ends = np.searchsorted(bucket[order], np.arange(_BUCKETS), "right")
        start = 0
        for file, end in zip(self._files, ends, strict=True):
            if end > start:
                file.write(pairs[order[start:end]].tobytes())
            start = int(end)

    def sorted_into(self, keys: Path, values: Path, dtype: np.dtype[Any]) -> int:
        """Write keys and values, by key; returns how many."""
        total = sum(f.seek(0, 2) for f in self._files) // _PAIR.itemsize
        with _array(keys, dtype, total) as key_file, _array(values, np.dtype("<i4"), total) as value_file:
            for file in self._files:
                file.seek(0)
                pairs = np.frombuffer(file.read(), _PAIR)
                pairs = pairs[np.argsort(pairs["key"], kind="stable")]
                key_file.write(pairs["key"].astype(dtype).tobytes())
                value_file.write(pairs["value"].tobytes())
                _drop(file)
        return total


def _first_bits(keys: NDArray[Any]) -> NDArray[Any]:
    return (keys >> np.uint64(58)).astype(np.int64)


def _by_size(ids: NDArray[Any]) -> NDArray[Any]:
    bucket: NDArray[Any] = np.minimum(ids >> np.uint64(_ID_SHIFT), _BUCKETS - 1).astype(np.int64)
    return bucket


@contextlib.contextmanager
def _array(path: Path, dtype: np.dtype[Any], length: int) -> Iterator[IO[bytes]]:
    """A file that holds a numpy array of one dimension, whose elements the block writes."""
    with path.open("wb") as file:
        header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": (length,)}
        np.lib.format.write_array_header_1_0(file, header)
        yield file


def _settle(raw: IO[bytes], target: Path, dtype: np.dtype[Any]) -> None:
    """Raw elements as the file of an array."""
    length = raw.seek(0, 2) // dtype.itemsize
    raw.seek(0)
    with _array(target, dtype, length) as file:
        shutil.copyfileobj(raw, file, 1 << 20)
    _drop(raw)


def _drop(file: IO[bytes]) -> None:
    file.close()
    Path(file.name).unlink()
