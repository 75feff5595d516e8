"""Measures of coreference: MUC, B³ and CEAF-e, and their mean F1, the CoNLL figure.

Clusters of one document are compared over the mentions that both sides have (the annotated ones are given to the
system). Singletons count in B³ and CEAF-e; MUC looks at links only. After Pradhan et al. (2014).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

MEASURES = ("MUC", "B3", "CEAFe")
Clusters = Sequence[frozenset[Hashable]]


@dataclass
class Tally:
    """Numerators and denominators over documents; ``add`` takes one, ``figures`` gives precision, recall, F1."""

    sums: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    mentions: int = 0

    def add(self, gold: Iterable[Iterable[Hashable]], system: Iterable[Iterable[Hashable]]) -> None:
        """Add one document's clusters."""
        gold_sets, system_sets = _shared(gold, system)
        self.mentions += sum(len(c) for c in gold_sets)
        for name, measure in (("MUC", _muc), ("B3", _b_cubed)):
            self._add(name, "r", *measure(gold_sets, system_sets))
            self._add(name, "p", *measure(system_sets, gold_sets))
        similarity = _ceaf_e(gold_sets, system_sets)
        self._add("CEAFe", "r", similarity, len(gold_sets))
        self._add("CEAFe", "p", similarity, len(system_sets))

    def _add(self, name: str, side: str, part: float, whole: float) -> None:
        self.sums[f"{name} {side} part"] += part
        self.sums[f"{name} {side} whole"] += whole

    def figures(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 by measure, and under ``CoNLL`` the mean of the F1 (three times)."""
        out = {name: self._prf(name) for name in MEASURES}
        mean = sum(f for _, _, f in out.values()) / len(MEASURES)
        return {**out, "CoNLL": (mean, mean, mean)}

    def _prf(self, name: str) -> tuple[float, float, float]:
        p, r = (self.sums[f"{name} {s} part"] / (self.sums[f"{name} {s} whole"] or 1) for s in "pr")
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _shared(gold: Iterable[Iterable[Hashable]], system: Iterable[Iterable[Hashable]]) -> tuple[Clusters, Clusters]:
    one, other = [frozenset(c) for c in gold], [frozenset(c) for c in system]
    common = frozenset().union(*one) & frozenset().union(*other)
    return [c & common for c in one if c & common], [c & common for c in other if c & common]


def _muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Links of the key that the response keeps, and all links of the key."""
    where = {m: k for k, c in enumerate(response) for m in c}
    kept = sum(len(c) - len({where[m] for m in c}) for c in key)
    return kept, sum(len(c) - 1 for c in key)


def _b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    where = {m: c for c in response for m in c}
    return sum(len(c & where[m]) / len(c) for c in key for m in c), sum(len(c) for c in key)


def _ceaf_e(gold: Clusters, system: Clusters) -> float:
    """The greatest sum of similarities (2·shared / sizes) over one-to-one pairs of clusters."""
    similarity = [[2 * len(g & s) / (len(g) + len(s)) for s in system] for g in gold]
    return best_assignment(similarity) if gold and system else 0.0


def best_assignment(gains: Sequence[Sequence[float]]) -> float:
    """The greatest sum of gains with each row and column used at most once (Kuhn and Munkres, O(n³))."""
    if len(gains) > len(gains[0]):
        gains = list(zip(*gains, strict=True))
    rows, columns = len(gains), len(gains[0])
    u, v, match = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(gains, row, u, v, match)
    return sum(gains[match[j] - 1][j - 1] for j in range(1, columns + 1) if match[j])


def _augment(gains: Sequence[Sequence[float]], row: int, u: list[float], v: list[float], match: list[int]) -> None:
    """Give ``row`` a column along the shortest augmenting path; costs are the negative gains."""
    columns = len(gains[0])
    match[0], at = row, 0
    least, back, used = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    while match[at]:
        used[at] = True
        delta, following = float("inf"), 0
        for j in range(1, columns + 1):
            if used[j]:
                continue
            cost = -gains[match[at] - 1][j - 1] - u[match[at]] - v[j]
            if cost < least[j]:
                least[j], back[j] = cost, at
            if least[j] < delta:
                delta, following = least[j], j
        for j in range(columns + 1):
            if used[j]:
                u[match[j]] += delta
                v[j] -= delta
            else:
                least[j] -= delta
        at = following
    while at:
        match[at] = match[back[at]]
        at = back[at]
