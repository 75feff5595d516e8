"""Rows that come in any order and are wanted in another: kept on disk, so that their number costs no memory."""

from __future__ import annotations

import contextlib
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from typing import IO, Any

import msgspec

IN_MEMORY = 1 << 22
"""Bytes that are held before a file is made, in the folder for temporary files."""
_HEAD = 4


class Spill:
    """Numbered rows of plain values in a temporary file; they take eight bytes of memory each. See ``spilled``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._starts = array("Q")
        self._end = 0

    def put(self, number: int, row: Sequence[Any]) -> None:
        """Keep a row under a number from 0; numbers may come in any order. Raises OSError on a full disk."""
        if number >= len(self._starts):
            self._starts.frombytes(bytes(self._starts.itemsize * (number + 1 - len(self._starts))))
        data = msgspec.msgpack.encode(row)
        self._file.write(len(data).to_bytes(_HEAD, "little") + data)
        self._starts[number] = self._end + 1
        self._end += _HEAD + len(data)

    def rows(self) -> Iterator[list[Any]]:
        """The rows in order of their numbers; a number that was not given is passed over."""
        for start in self._starts:
            if start:
                self._file.seek(start - 1)
                size = int.from_bytes(self._file.read(_HEAD), "little")
                yield msgspec.msgpack.decode(self._file.read(size))


@contextlib.contextmanager
def spilled() -> Iterator[Spill]:
    """Room for rows, which is freed at the end."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        yield Spill(file)
