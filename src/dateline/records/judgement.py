"""A judgement: what a person or a program decided about a report or an event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: ``accept``, ``reject``, ``correct``, ``same`` or ``different``.

    ``subject`` is the id of a report or event; ``other`` the second one of ``same`` and ``different``. A correction
    sets ``field`` to ``value``, both as JSON text. ``anchor`` ties it to the words (article id, trigger offsets and
    text), so that it survives recoding. ``at`` is an ISO date-time. ``withdrawn`` marks the one with this id as taken
    back: nothing is ever deleted.
    """

    id: str
    verdict: str
    subject: str
    by: str
    at: str
    why: str = ""
    other: str | None = None
    field: str | None = None
    value: str | None = None
    anchor: str | None = None
    withdrawn: bool = False
