"""PLV (Hu et al. 2024): the PLOVER root of a sentence, given who did it to whom.

usage: python -m evals.plv TEST.tsv [--fit TRAIN.tsv] [--weights FOLDER] [-v]

The task names source and target, so the root is read off the reader's own probabilities: over all tokens of the
sentence, the type's probability times how strongly the token takes the source's words as its actor and the target's
as its recipient, summed over tokens. PLV's YIELD is PLOVER's CONCEDE and RETREAT together. With ``--fit`` a logistic
regression over those sums (and the same for modes and statuses, and for types without regard to roles), fitted on
PLV's training part, decides. Published: .824 macro-F1 (zero-shot, RoBERTa-large). The training part of PLV is also a
weak label in the reader's training; the test part is neither.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.reading.labels import EVENT_TYPES, TABLE_ROLES
from dateline.reading.network import WEIGHTS, Floats, Network, Window
from dateline.reading.windows import BUDGET
from dateline.reading.wordpiece import WordPiece

_ROOT = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_ROOTS = tuple(dict.fromkeys(_ROOT.get(t, t) for t in EVENT_TYPES))
_ACTOR, _RECIPIENT = (2 * TABLE_ROLES.index(role) + 1 for role in ("actor", "recipient"))


class RootReader:
    """Network and tokenizer of the reader, asked for one root a sentence."""

    def __init__(self, weights: Path) -> None:
        self._network = Network(weights)
        self._tokenizer = WordPiece.load(weights / "tokenizer.json")

    def evidence(self, sentence: str, source: str, target: str) -> Floats:
        """What the reader says of the sentence (features,): types, modes and statuses by role fit, types alone."""
        encoded = self._tokenizer.encode(sentence)
        ids, offsets = list(encoded.ids[:BUDGET]), list(encoded.offsets[:BUDGET])
        window = self._network.window(ids)
        masks = [_mask(sentence, words, offsets) for words in (source, target)]
        fit = np.array([self._fit(window, at, masks) for at in range(len(ids))], np.float32)
        events = window.trigger[:, 1:]
        some = events.sum(-1)
        parts = [fit @ events, (fit * some) @ window.mode, (fit * some) @ window.status, some @ events]
        return np.concatenate(parts).astype(np.float32)

    def _fit(self, window: Window, at: int, masks: list[list[bool]]) -> float:
        """How well source and target fill the roles of an event at this token; 0 within their own words."""
        if masks[0][at] or masks[1][at]:
            return 0.0
        table = self._network.table(window, at, (0, len(masks[0])))
        return _mean(table[:, _ACTOR], masks[0]) * _mean(table[:, _RECIPIENT], masks[1])


def summed(evidence: Floats) -> str:
    """The likeliest root (with YIELD for CONCEDE and RETREAT) from the types by role fit alone."""
    total = dict.fromkeys(_ROOTS, 0.0)
    for k, name in enumerate(EVENT_TYPES):
        total[_ROOT.get(name, name)] += float(evidence[k])
    return max(total, key=lambda name: total[name])


class Regression:
    """Multinomial logistic regression with L2, by gradient descent over standardised log features."""

    def __init__(self, rows: Floats, roots: list[str], l2: float = 0.01, steps: int = 600, rate: float = 0.5) -> None:
        logs = np.log(rows + 1e-4)
        self._mean, self._scale = logs.mean(0), logs.std(0) + 1e-3
        x = self._design(rows)
        y = np.array([_ROOTS.index(r) for r in roots])
        self._weights = np.zeros((x.shape[1], len(_ROOTS)))
        for _ in range(steps):
            p = self._probabilities(x)
            p[np.arange(len(y)), y] -= 1
            self._weights -= rate * (x.T @ p / len(y) + l2 * self._weights)

    def _design(self, rows: Floats) -> npt.NDArray[np.float64]:
        logs = (np.log(rows + 1e-4) - self._mean) / self._scale
        return np.concatenate([logs, np.ones((len(rows), 1))], 1).astype(np.float64)

    def _probabilities(self, x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        scores = x @ self._weights
        e = np.exp(scores - scores.max(-1, keepdims=True))
        out: npt.NDArray[np.float64] = e / e.sum(-1, keepdims=True)
        return out

    def roots(self, rows: Floats) -> list[str]:
        """The likeliest root of each row."""
        return [_ROOTS[k] for k in self._probabilities(self._design(rows)).argmax(-1)]


def _mask(sentence: str, words: str, offsets: list[tuple[int, int]]) -> list[bool]:
    at = sentence.find(words.strip())
    end = at + len(words.strip())
    return [at >= 0 and s < end and at < e for s, e in offsets]


def _mean(column: Floats, mask: list[bool]) -> float:
    """How strongly the masked tokens fill the role; a floor keeps a sentence whose roles are misread in play."""
    return 0.02 + float(np.mean(column[mask])) if any(mask) else 1.0


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean over the roots of the gold part of the F1 of each; ``pairs`` are (gold, predicted)."""
    hit, said, true = (
        Counter(g for g, p in pairs if g == p),
        Counter(p for _, p in pairs),
        Counter(g for g, _ in pairs),
    )
    return sum(2 * hit[root] / (said[root] + true[root]) for root in true) / len(true)


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.plv", description=(__doc__ or "").split("\n")[0])
    p.add_argument("file", type=Path)
    p.add_argument("--fit", type=Path, help="PLV's training part")
    p.add_argument("--weights", type=Path, default=WEIGHTS)
    p.add_argument("-v", action="store_true", help="print the confusions")
    a = p.parse_args()
    reader = RootReader(a.weights)

    def evidence(rows: list[dict[str, str]]) -> Floats:
        return np.stack([reader.evidence(r["sentence"], r["source"], r["target"]) for r in rows])

    rows = _rows(a.file)
    found = evidence(rows)
    said = [summed(row) for row in found]
    if a.fit:
        train = [r for r in _rows(a.fit) if r["gold_root"] in _ROOTS]
        said = Regression(evidence(train), [r["gold_root"] for r in train]).roots(found)
    pairs = [(r["gold_root"], root) for r, root in zip(rows, said, strict=True)]
    right = sum(g == p for g, p in pairs)
    print(f"{len(pairs)} sentences  macro-F1 {macro_f1(pairs):.3f}  accuracy {right / len(pairs):.3f}")
    if a.v:
        for (gold, root), n in Counter((g, p) for g, p in pairs if g != p).most_common(20):
            print(f"  {gold:10s} read as {root:10s} {n}")


if __name__ == "__main__":
    main()
