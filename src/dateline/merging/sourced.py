"""A report with what merging knows of it: who stands behind it, and when it was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dateline.records import Claim, Report

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sourced:
    """One report of an event: its ``source`` (equal for reports that are not independent) and day of publication."""

    report: Report
    source: str
    day: str | None

    @property
    def order(self) -> tuple[str, str]:
        """Sorts by publication, unknown days last."""
        return (self.day or "9999", self.report.id)


Grouped = Mapping[V, Sequence[Sourced]]


def grouped(reports: Iterable[Sourced], values: Callable[[Report], Iterable[V]]) -> dict[V, list[Sourced]]:
    """The reports by each value that they give, in order of publication."""
    out: dict[V, list[Sourced]] = defaultdict(list)
    for one in sorted(reports, key=lambda t: t.order):
        for value in dict.fromkeys(values(one.report)):
            out[value].append(one)
    return dict(out)


def weight(reports: Sequence[Sourced]) -> tuple[int, float, int]:
    """How well a value is supported: independent sources, the best confidence behind it, reports."""
    return len({t.source for t in reports}), max(t.report.confidence for t in reports), len(reports)


def ranked(found: Grouped[V]) -> list[V]:
    """The values, the best supported first, at a tie the one reported first."""
    order = {value: at for at, value in enumerate(sorted(found, key=lambda v: found[v][0].order))}
    return sorted(found, key=lambda v: (*(-x for x in weight(found[v])), order[v]))


def claim(field: str, value: str, reports: Sequence[Sourced]) -> Claim:
    """A claim of the reports' reports."""
    return Claim(field, value, tuple(t.report.id for t in reports), len({t.source for t in reports}))
