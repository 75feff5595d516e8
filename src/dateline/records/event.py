"""An event: a set of reports judged to tell of the same happening. It carries no fact that no report carries."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.report import Moment


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it or to whom it was done, over all reports; the fields mean what they mean in ``ActorRef``.

    ``reports`` counts the reports that name it.
    """

    name: str
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Location:
    """Where it was: WGS 84 degrees, ISO alpha-3 country; the fields mean what they mean in ``PlaceRef``."""

    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: str | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """A number over all reports: the lowest and the highest that any gives; ``of`` as in ``Count``."""

    of: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one field and the ids of the reports that give it, so that disputed values stand side by side.

    ``field`` is ``type``, ``mode``, ``status``, ``moment``, ``place``, ``actor``, ``recipient`` or what a count is of.
    ``sources`` counts the independent sources behind the reports: agency copies of one text are one.
    """

    field: str
    value: str
    reports: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From which day (ISO, ``None`` when it was published on an unknown one) the reports speak of the event with this
    status, and the first report that does."""

    day: str | None
    status: str
    report: str


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, counted once.

    ``status`` is the last of ``statuses``. A field with one claim is agreed, with several disputed. ``reports``,
    ``articles`` and ``sources`` (independent ones) are counts; ``first_reported`` and ``last_reported`` ISO days of
    publication. ``sentence`` is quoted from ``lead``, the report that tells it best. ``merger`` names the version of
    the program that put the reports together.
    """

    id: str
    type: str
    mode: str | None
    status: str
    moment: Moment | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    places: tuple[Location, ...] = ()
    counts: tuple[Toll, ...] = ()
    claims: tuple[Claim, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    reports: int = 0
    articles: int = 0
    sources: int = 0
    first_reported: str | None = None
    last_reported: str | None = None
    lead: str | None = None
    sentence: str | None = None
    confidence: float = 0.0
    quad: int | None = None
    score: float | None = None
    cameo: str | None = None
    merger: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A report's place in an event: how sure (0..1) and why, in words ("same because …")."""

    event_id: str
    report_id: str
    article_id: str
    score: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """An entry of the merge log: the event ``old`` lives on as ``new``, so that ids can be followed."""

    old: str
    new: str
    why: str = ""
