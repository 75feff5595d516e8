"""Average-link clustering of scored pairs: two groups join when their members fit on the whole, so nothing chains."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]
_TIE = 9
"""Decimals to which averages are compared, so that the order of adding up cannot decide."""


def components(items: Iterable[str], links: Iterable[Pair]) -> list[list[str]]:
    """The items that links connect, directly or not, each list sorted, in order of their first item."""
    parent = {item: item for item in items}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in links:
        one, other = root(a), root(b)
        parent[max(one, other)] = min(one, other)
    found: dict[str, list[str]] = defaultdict(list)
    for item in sorted(parent):
        found[root(item)].append(item)
    return [found[key] for key in sorted(found)]


def cluster(
    items: Sequence[str],
    scores: Mapping[Pair, float],
    threshold: float,
    *,
    absent: float = 0.0,
) -> list[list[str]]:
    """Groups of items, each sorted, in order of their first item.

    ``scores`` (0 to 1) are by pair with the smaller id first; a pair that is not there counts as ``absent``. The two
    groups with the highest average score join, again and again, until no average reaches ``threshold``.
    """
    state = _State(items, scores, absent)
    state.run(threshold)
    return sorted(sorted(group) for group in state.members.values())


class _State:
    """Groups named by their smallest item, and for each pair of groups the sum and number of the scores between."""

    def __init__(self, items: Sequence[str], scores: Mapping[Pair, float], absent: float) -> None:
        self.members: dict[str, list[str]] = {item: [item] for item in items}
        self._absent = absent
        self._sums: dict[str, dict[str, tuple[float, int]]] = {item: {} for item in items}
        for (a, b), score in sorted(scores.items()):
            self._sums[a][b] = self._sums[b][a] = (score, 1)

    def run(self, threshold: float) -> None:
        heap = [e for a in self.members for b in self._sums[a] if a < b and (e := self._entry(a, b))[0] <= -threshold]
        heapq.heapify(heap)
        while heap:
            _, a, b, size = heapq.heappop(heap)
            if a in self.members and b in self.members and size == self._size(a, b):
                self._join(a, b)
                for other in self._sums[a]:
                    entry = self._entry(min(a, other), max(a, other))
                    if entry[0] <= -threshold:
                        heapq.heappush(heap, entry)

    def _size(self, a: str, b: str) -> int:
        return len(self.members[a]) * len(self.members[b])

    def _entry(self, a: str, b: str) -> tuple[float, str, str, int]:
        total, known = self._sums[a][b]
        pairs = self._size(a, b)
        return -round((total + self._absent * (pairs - known)) / pairs, _TIE), a, b, pairs

    def _join(self, a: str, b: str) -> None:
        """Let ``b`` go into ``a``."""
        self.members[a] += self.members.pop(b)
        self._sums[a].pop(b, None)
        for other, (total, known) in self._sums.pop(b).items():
            if other != a:
                mine, n = self._sums[a].get(other, (0.0, 0))
                self._sums[a][other] = self._sums[other][a] = (mine + total, n + known)
                del self._sums[other][b]
