"""A happening as people are shown it: an event with the reports that tell of it, after people's decisions."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.event import Event
from dateline.records.report import Report


@dataclass(frozen=True, slots=True)
class Account:
    """A report, and what its article says of itself; ``published`` as in ``Stamp.value``, ``origin`` as in ``Article``.

    ``verdict`` is what people decided about the report (``accept`` or ``correct``), ``score`` and ``why`` its place in
    the event as in ``Member``.
    """

    report: Report
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    headline: str | None = None
    origin: str | None = None
    verdict: str | None = None
    score: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and all its accounts, the leading one first.

    An event that merging made has its id; a report that no event holds stands for one of its own, under the report's
    id. ``judged`` names the verdicts that shaped it, in alphabetical order.
    """

    event: Event
    accounts: tuple[Account, ...]
    judged: tuple[str, ...] = ()
