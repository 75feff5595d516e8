"""What the reader says of every token of a text, as numbers that an evaluation may learn from."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.reading.labels import EVENT_ROLES, EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES
from dateline.reading.network import WEIGHTS, Floats, Network, Window
from dateline.reading.windows import BUDGET, Piece, groups, pieces
from dateline.reading.wordpiece import WordPiece
from dateline.records import Span

FAINT = 0.05
Halves = npt.NDArray[np.float16]
_WIDTHS = {
    "mention": len(MENTION_TAGS),
    "trigger": len(EVENT_TYPES) + 1,
    "flags": 4,
    "mode": len(MODE_LABELS),
    "status": len(STATUSES),
    "shares": len(EVENT_TYPES) * len(EVENT_ROLES),
}


@dataclass(frozen=True)
class Tokens:
    """Tokens of one text.

    ``ids`` and ``sentence`` are (tokens,), ``bounds`` (tokens, 2) characters, ``values`` (tokens, features): the
    projections ``heads`` and ``tails``, the probabilities of mention tags, event types, flags, modes and statuses, and
    for each type and event role the strongest share of the token in an event of its sentence.
    """

    ids: npt.NDArray[np.int64]
    sentence: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]
    values: Halves

    def part(self, name: str) -> Floats:
        """One kind of evidence (tokens, n): ``projections`` or a name of ``Window``, or ``shares``."""
        rest = sum(_WIDTHS.values())
        if name == "projections":
            return self.values[:, :-rest].astype(np.float32)
        names = list(_WIDTHS)
        start = self.values.shape[1] - rest + sum(_WIDTHS[n] for n in names[: names.index(name)])
        return self.values[:, start : start + _WIDTHS[name]].astype(np.float32)


class EvidenceReader:
    """Network and tokenizer of the reader, asked for all that they say."""

    def __init__(self, weights: Path = WEIGHTS, threads: int = 0) -> None:
        self.network = Network(weights, threads)
        self.tokenizer = WordPiece.load(weights / "tokenizer.json")

    @property
    def version(self) -> str:
        """The name of the weights."""
        return str(self.network.meta["version"])

    def tokens(self, sentences: Sequence[Span]) -> Tokens:
        """Evidence of all tokens of the sentences, windowed as the reader does it."""
        parts = pieces(self.tokenizer, sentences)
        done, blocks = 0, list[Halves]()
        for group in groups([len(p.ids) for p in parts], lambda: BUDGET):
            values = self._window([parts[k] for k in group])
            known = sum(len(parts[k].ids) for k in range(group.start, done))
            blocks.append(values[known:])
            done = group.stop
        sentence = np.repeat([p.sentence for p in parts], [len(p.ids) for p in parts])
        bounds = [pair for p in parts for pair in zip(p.starts, p.ends, strict=True)]
        ids = np.array([i for p in parts for i in p.ids], np.int64)
        return Tokens(ids, sentence.astype(np.int64), np.array(bounds, np.int64).reshape(-1, 2), np.concatenate(blocks))

    def _window(self, parts: Sequence[Piece]) -> Halves:
        window = self.network.window([i for p in parts for i in p.ids])
        edges = np.concatenate([[0], np.cumsum([len(p.ids) for p in parts])])
        shares = [self.shares(window, int(a), int(b)) for a, b in itertools.pairwise(edges)]
        said = (window.heads, window.tails, window.mention, window.trigger, window.flags, window.mode, window.status)
        return np.concatenate([*said, np.concatenate(shares)], 1).astype(np.float16)

    def shares(self, window: Window, low: int, high: int) -> Floats:
        """Of each token from ``low`` to ``high`` its strongest share in an event there (tokens, types * roles)."""
        out = np.zeros((high - low, len(EVENT_TYPES), len(EVENT_ROLES)), np.float32)
        for at in range(low, high):
            if 1 - window.trigger[at, 0] > FAINT:
                inside = self.network.table(window, at, (low, high))[:, 1 : 2 * len(EVENT_ROLES) : 2]
                out = np.maximum(out, window.trigger[at, 1:, None] * inside[:, None])
        return out.reshape(high - low, -1)


def kept(folder: Path, make: Callable[[], Sequence[Tokens]]) -> list[Tokens]:
    """The evidence stored in ``folder``, made and stored first where there is none; ``values`` stay on disk."""
    lengths, columns = folder / "lengths.npy", ("ids", "sentence", "bounds", "values")
    if not lengths.exists():
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        for name in columns:
            np.save(folder / f"{name}.npy", np.concatenate([getattr(t, name) for t in made]))
        np.save(lengths, np.array([len(t.ids) for t in made]))
    cuts = np.cumsum(np.load(lengths))[:-1]
    parts = [np.split(np.load(folder / f"{name}.npy", mmap_mode="r"), cuts) for name in columns]
    return [Tokens(*row) for row in zip(*parts, strict=True)]
