"""What people decided about pairs of reports, as clustering has to obey it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

Pair = tuple[str, str]


class Decided:
    """Pairs of ids of reports that tell of the ``same`` happening and pairs that do not, in any order.

    Where a chain of the same leads to two that are different, they stay apart.
    """

    def __init__(self, same: Iterable[Pair] = (), different: Iterable[Pair] = ()) -> None:
        self.same = frozenset(same)
        self.different = frozenset(different)

    @cached_property
    def _same(self) -> Mapping[str, tuple[str, ...]]:
        return _beside(self.same)

    @cached_property
    def _different(self) -> Mapping[str, tuple[str, ...]]:
        return _beside(self.different)

    def same_as(self, id_: str) -> tuple[str, ...]:
        """Those that one was judged to be the same as."""
        return self._same.get(id_, ())

    def among(self, ids: Collection[str]) -> tuple[list[Pair], list[Pair]]:
        """The pairs of these that are to be together, and those that are to be apart, the smaller id first."""
        return _inside(self._same, ids), _inside(self._different, ids)


def _beside(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return {id_: tuple(sorted(others)) for id_, others in out.items()}


def _inside(beside: Mapping[str, tuple[str, ...]], ids: Collection[str]) -> list[Pair]:
    return [(a, b) for a in sorted(ids) for b in beside.get(a, ()) if a < b and b in ids]


NOTHING = Decided()
