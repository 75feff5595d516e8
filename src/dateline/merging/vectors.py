"""Vectors of words for events, so that "fired" and "sacked", "raid" and "assault" are alike without a letter shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.merging.words import DATA

Floats = npt.NDArray[np.float32]


class Vectors:
    """Unit vectors by stem; words without one are like nothing."""

    def __init__(self, found: Mapping[str, Floats]) -> None:
        self._found = found
        self._similar: dict[tuple[str, str], float] = {}

    @classmethod
    def load(cls, path: Path = DATA / "vectors.npz") -> Vectors:
        """The shipped vectors: a list of stems and a matrix of bytes, a row a stem."""
        with np.load(path) as file:
            rows = file["vectors"].astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            return cls(dict(zip(str(file["stems"]).split(), rows, strict=True)))

    def similarity(self, a: Sequence[str], b: Sequence[str]) -> float:
        """The greatest cosine between a word of one and a word of the other, at least 0."""
        return max((self._pair(x, y) for x in a for y in b), default=0.0)

    def _pair(self, x: str, y: str) -> float:
        key = (x, y) if x < y else (y, x)
        known = self._similar.get(key)
        if known is None:
            one, other = self._found.get(x), self._found.get(y)
            known = self._similar[key] = 0.0 if one is None or other is None else max(0.0, float(one @ other))
        return known
