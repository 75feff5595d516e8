"""A report: what one article says happened, every value tied to its characters."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.span import Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up of a resolution: what else the words could have meant, and how it scored (0..1)."""

    name: str
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Who a span stands for.

    ``id`` is the lexicon entry (``None`` when unresolved), ``country`` ISO 3166 alpha-3 or ``IGO``, ``sector`` a
    PLOVER sector code; ``why`` says in words how it was resolved or why it was not.
    """

    start: int
    end: int
    text: str
    name: str | None = None
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    score: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Where a span is: WGS 84 degrees, ISO alpha-3 country, and how precise that is.

    ``precision`` is ``exact``, ``town``, ``admin2``, ``admin1``, ``country`` or ``region``; ``radius_km`` the radius
    of the circle that covers it. Coordinates are ``None`` when unresolved; ``why`` then says why.
    """

    start: int
    end: int
    text: str
    name: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: str | None = None
    radius_km: float | None = None
    score: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """First and last possible day (ISO, inclusive) and the granularity of the words (day, week, month, year…)."""

    first: str | None
    last: str | None
    precision: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time expression and the days it can mean; ``moment`` is ``None`` with a reason when it cannot be told."""

    start: int
    end: int
    text: str
    moment: Moment | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things: ``of`` is killed, injured, detained, released, displaced, missing, troops, other.

    ``low`` and ``high`` bound it; ``None`` is an open end.
    """

    of: str
    start: int
    end: int
    text: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says happened: who did what to whom, where, when, how certain, on whose word.

    ``type`` and ``mode`` are PLOVER (2021), ``status`` occurred, ongoing, planned, possible or negated. ``quad`` is
    the PLOVER quad class 1..4, ``score`` the Goldstein-style intensity, ``cameo`` the CAMEO root code.
    ``places`` are those that the text gives it; where none of them is known, ``scope`` is the place that it takes from
    the text around it, with the reason and a low score, ``None`` where there is none. ``type_probabilities``
    are those of an event mention (``EventMention``), ``None`` in a report of an older casebook. ``coder`` names the
    version of code, model and lexicon.
    """

    id: str
    article_id: str
    type: str
    mode: str | None
    status: str
    trigger: Span
    sentence: Span
    actors: tuple[ActorRef, ...] = ()
    recipients: tuple[ActorRef, ...] = ()
    objects: tuple[Span, ...] = ()
    instruments: tuple[Span, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    scope: PlaceRef | None = None
    times: tuple[TimeRef, ...] = ()
    moment: Moment | None = None
    counts: tuple[Count, ...] = ()
    sources: tuple[ActorRef, ...] = ()
    confidence: float = 0.0
    type_probabilities: dict[str, float] | None = None
    quad: int | None = None
    score: float | None = None
    cameo: str | None = None
    coder: str = ""
