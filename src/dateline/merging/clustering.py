"""Average-link clustering over links: two groups join when their members fit on the whole, so nothing chains."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import fsum

Pair = tuple[str, str]
Score = Callable[[str, str], float]
SPOKESMEN = 16
"""Of a larger group this many, those of least id, are compared with another group; ids are as good as drawn by lot."""
_TIE = 9
"""Decimals to which averages are compared, so that the order of adding up cannot decide."""


def cluster(
    items: Iterable[str],
    links: Iterable[Pair],
    score: Score,
    threshold: float,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[str]]:
    """Groups of items, each sorted, in order of their first item.

    Of the groups with a link between them, those two with the highest average ``score`` (0 to 1, asked for with the
    smaller id first) join, again and again, until no average reaches ``threshold``. Pairs that are to be ``together``
    join first, and groups that hold a pair that is to be ``apart`` never do. The order of everything is immaterial.
    """
    state = _State(items, links, score, apart)
    for a, b in sorted(together):
        state.bring(a, b)
    state.run(threshold)
    return sorted(state.members.values())


class _State:
    """Groups named by their smallest item, each with its members in order, and the groups linked to it."""

    def __init__(self, items: Iterable[str], links: Iterable[Pair], score: Score, apart: Iterable[Pair]) -> None:
        self.members: dict[str, list[str]] = {item: [item] for item in items}
        self._group = {item: item for item in self.members}
        self._score = score
        self._linked: dict[str, set[str]] = {item: set() for item in self.members}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for of, pairs in ((self._linked, links), (self._apart, apart)):
            for a, b in pairs:
                of[a].add(b)
                of[b].add(a)

    def bring(self, a: str, b: str) -> None:
        """Join the groups of two items, unless they hold some that are to be apart."""
        one, other = sorted((self._group[a], self._group[b]))
        if one != other and not self._forbidden(one, other):
            self._join(one, other)

    def run(self, threshold: float) -> None:
        """Join what is to be joined."""
        pairs = ((a, b) for a in sorted(self.members) for b in sorted(self._linked[a]) if a < b)
        heap = [entry for a, b in pairs if (entry := self._entry(a, b))[0] <= -threshold]
        heapq.heapify(heap)
        while heap:
            _, a, b, size = heapq.heappop(heap)
            if a in self.members and b in self.members and size == self._size(a, b) and not self._forbidden(a, b):
                self._join(a, b)
                for other in sorted(self._linked[a]):
                    entry = self._entry(min(a, other), max(a, other))
                    if entry[0] <= -threshold:
                        heapq.heappush(heap, entry)

    def _forbidden(self, a: str, b: str) -> bool:
        return bool(self._apart) and any(not self._apart[x].isdisjoint(self.members[b]) for x in self.members[a])

    def _size(self, a: str, b: str) -> int:
        return len(self.members[a]) * len(self.members[b])

    def _entry(self, a: str, b: str) -> tuple[float, str, str, int]:
        ours, theirs = self.members[a][:SPOKESMEN], self.members[b][:SPOKESMEN]
        average = fsum(self._score(min(x, y), max(x, y)) for x in ours for y in theirs) / (len(ours) * len(theirs))
        return -round(average, _TIE), a, b, self._size(a, b)

    def _join(self, a: str, b: str) -> None:
        """Let ``b`` go into ``a``."""
        moved = self.members.pop(b)
        self._group.update(dict.fromkeys(moved, a))
        self.members[a] = sorted(self.members[a] + moved)
        for other in self._linked.pop(b):
            self._linked[other].discard(b)
            if other != a:
                self._linked[other].add(a)
                self._linked[a].add(other)
