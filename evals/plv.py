"""PLV (Hu et al. 2024): the PLOVER root of a sentence, given who did it to whom.

usage: python -m evals.plv FILE.tsv [--weights FOLDER] [-v]

The task names source and target, so the root is read off the reader's own probabilities: over all tokens of the
sentence, the type's probability times how strongly the token takes the source's words as its actor and the target's
as its recipient, summed over tokens. PLV's YIELD is PLOVER's CONCEDE and RETREAT together. Published: .824 macro-F1
(zero-shot, RoBERTa-large). The training part of PLV is a weak label in the reader's training; the test part is not.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from dateline.reading.labels import EVENT_TYPES, TABLE_ROLES
from dateline.reading.network import WEIGHTS, Floats, Network
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

    def root(self, sentence: str, source: str, target: str) -> str:
        """The likeliest PLOVER root (with YIELD for CONCEDE and RETREAT) of what source does to target."""
        encoded = self._tokenizer.encode(sentence)
        ids, offsets = list(encoded.ids[:BUDGET]), list(encoded.offsets[:BUDGET])
        window = self._network.window(ids)
        total = dict.fromkeys(_ROOTS, 0.0)
        masks = [_mask(sentence, words, offsets) for words in (source, target)]
        for at in range(len(ids)):
            if masks[0][at] or masks[1][at]:
                continue
            table = self._network.table(window, at, (0, len(ids)))
            fit = _mean(table[:, _ACTOR], masks[0]) * _mean(table[:, _RECIPIENT], masks[1])
            for k, name in enumerate(EVENT_TYPES):
                total[_ROOT.get(name, name)] += float(window.trigger[at, k + 1]) * fit
        return max(total, key=lambda name: total[name])


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


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.plv", description=(__doc__ or "").split("\n")[0])
    p.add_argument("file", type=Path)
    p.add_argument("--weights", type=Path, default=WEIGHTS)
    p.add_argument("-v", action="store_true", help="print the confusions")
    a = p.parse_args()
    csv.field_size_limit(sys.maxsize)
    rows = list(csv.DictReader(a.file.open(encoding="utf-8"), delimiter="\t"))
    reader = RootReader(a.weights)
    pairs = [(r["gold_root"], reader.root(r["sentence"], r["source"], r["target"])) for r in rows]
    right = sum(g == p for g, p in pairs)
    print(f"{len(pairs)} sentences  macro-F1 {macro_f1(pairs):.3f}  accuracy {right / len(pairs):.3f}")
    if a.v:
        for (gold, said), n in Counter((g, p) for g, p in pairs if g != p).most_common(20):
            print(f"  {gold:10s} read as {said:10s} {n}")


if __name__ == "__main__":
    main()
