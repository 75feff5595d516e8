"""Judgements as JSON lines, out of one casebook and into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from dateline.records import Judgement, Problem, Report, Span
from dateline.review.corrections import fault

_LIKE = Report("", "", "ASSAULT", None, "occurred", Span(0, 1, "x"), Span(0, 1, "x"))


def written(judgements: Iterable[Judgement]) -> Iterator[str]:
    """One judgement a line, withdrawn ones too."""
    for judgement in judgements:
        yield msgspec.json.encode(judgement).decode() + "\n"


def read(lines: Iterable[str], name: str) -> Iterator[Judgement | Problem]:
    """The judgements of JSON lines; a line that is none yields a problem. ``name`` is what problems call the input."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            judgement = msgspec.json.decode(line, type=Judgement)
            datetime.fromisoformat(judgement.at)
        except (msgspec.DecodeError, ValueError) as error:
            yield _problem(f"it is no judgement: {error}", f"{name}:{number}")
            continue
        reason = fault(judgement, _LIKE)
        yield _problem(reason, f"{name}:{number}") if reason else judgement


def _problem(reason: str, where: str) -> Problem:
    cure = "See docs/review.md for what a judgement is; the other lines are taken."
    return Problem("bad-judgement", reason, cure, where, fatal=True)


def news(given: Iterable[Judgement], known: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that a casebook does not have in this state. What it has withdrawn stays withdrawn."""
    have = {j.id: j for j in known}
    return [j for j in given if j != have.get(j.id) and not (j.id in have and have[j.id].withdrawn)]
