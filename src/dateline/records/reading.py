"""What the reader found in an article's text, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records.span import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that stands for an actor, place or thing; ``kind`` as in the annotation guide."""

    span: Span
    kind: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event as the text puts it: trigger, PLOVER type and mode, status, and role fillers by role name.

    ``roles`` maps ``actor recipient object instrument place time source count`` to spans in text order.
    ``mode`` is ``None`` where the type has none or the words do not tell. ``confidence`` is in 0..1.
    ``type_probabilities`` is what the reader gives each type at the trigger, before calibration and without what it
    holds for next to nothing; what they lack to 1 is the probability that the trigger names no event.
    """

    trigger: Span
    sentence: Span
    type: str
    mode: str | None
    status: str
    roles: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    confidence: float = 1.0
    type_probabilities: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuoteMention:
    """An attributed statement: who said it, the reporting words, what was said."""

    content: Span
    speaker: Span | None = None
    cue: Span | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article, in text order."""

    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[EventMention, ...] = ()
    quotes: tuple[QuoteMention, ...] = ()
