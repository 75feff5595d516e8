"""What coding one document yields."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.article import Article
from dateline.records.problem import Problem
from dateline.records.quote import Quote
from dateline.records.report import Report


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with its reports and quotes; ``article`` is ``None`` only when a fatal problem says why."""

    id: str
    article: Article | None
    reports: tuple[Report, ...] = ()
    quotes: tuple[Quote, ...] = ()
    problems: tuple[Problem, ...] = ()
