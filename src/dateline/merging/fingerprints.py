"""Fingerprints of texts: hashes of runs of words, and a sample of them that every long shared passage meets.

A sample is taken by winnowing (Schleimer, Wilkerson and Aiken 2003): of every ``WINDOW`` consecutive runs the one with
the least hash. Two texts that share ``RUN + WINDOW - 1`` words in a row share a sampled hash, wherever the passage
stands and however little of the text it is. MinHash promises this only for texts that are alike as wholes.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.lexicon.naming import fold
from dateline.records import Article

Hashes = npt.NDArray[np.uint64]
RUN, WINDOW = 5, 6
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_QUOTED = re.compile(r"“[^”\n]{20,}”|\"[^\"\n]{20,}\"")
_PRIME = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """All hashes of a text's runs (sorted, each once), and the sampled ones (sorted)."""

    hashes: Hashes
    sample: Hashes


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of an article's paragraphs, without what stands in quotation marks: outlets quote alike."""
    bodies = [s.text for s in article.paragraphs if s != article.headline_span] or [article.text]
    runs = [hashes for text in bodies if len(hashes := run_hashes(_QUOTED.sub(" ", text)))]
    whole = np.concatenate(runs) if runs else np.empty(0, np.uint64)
    return Fingerprint(np.unique(whole), np.unique(_winnow(whole)))


def run_hashes(text: str) -> Hashes:
    """A hash for each run of ``RUN`` words, in order; empty for a shorter text. Case and punctuation do not count."""
    words = np.array([_word(w) for w in _WORD.findall(text)], dtype=np.uint64)
    if len(words) < RUN:
        return np.empty(0, np.uint64)
    out = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        out = (out * _PRIME) ^ words[at : len(words) - RUN + 1 + at]
    return _mixed(out)


@lru_cache(maxsize=65536)
def _word(word: str) -> int:
    return zlib.crc32(fold(word).encode())


def _mixed(hashes: Hashes) -> Hashes:
    """Bits spread evenly, so that the least hash is a fair sample."""
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _PRIME
    return hashes ^ (hashes >> np.uint64(29))


def _winnow(hashes: Hashes) -> Hashes:
    if len(hashes) <= WINDOW:
        return hashes
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    least: Hashes = windows.min(axis=1)
    return least


def shared(one: Hashes, other: Hashes) -> int:
    """How many hashes two sorted arrays have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))
