"""A quote: an attributed statement."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.report import ActorRef
from dateline.records.span import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Who said what: ``content`` exactly as printed, ``direct`` when in quotation marks."""

    id: str
    article_id: str
    content: Span
    speaker: ActorRef | None
    cue: Span | None
    direct: bool
