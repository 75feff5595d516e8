"""Reports of one happening to an Event: agreed and disputed values, each with the reports that give it.

Nothing is made up on the way: every value of an event is a value of one of its reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.merging import claims
from dateline.merging.sourced import Sourced, grouped, ranked, weight
from dateline.records import Claim, Event, Report, StatusChange

_AHEAD = ("planned", "possible")
# A mode that one source alone gives counts if at least one report in so many has it.
_ONE_IN = 6
_FILLED = ("actors", "recipients", "places", "times", "counts")


def event_of(id_: str, told: Sequence[Sourced], merger: str) -> Event:
    """The event that at least one report makes; their order is immaterial. ``merger`` names the program's version."""
    told = sorted(told, key=lambda t: t.order)
    type_, mode = _kind(told)
    of_kind = [t.report for t in told if t.report.type == type_]
    as_told = next((r for r in of_kind if r.mode == mode), of_kind[0])
    places, place_claims = claims.places_of(told)
    tolls, toll_claims = claims.tolls_of(told)
    statuses = tuple(_statuses(told))
    lead = _lead(told, type_)
    days = [t.day for t in told if t.day is not None]
    return Event(
        id=id_,
        type=type_,
        mode=mode,
        status=statuses[-1].status,
        moment=claims.moment_of(told),
        actors=tuple(claims.parties_of(told, lambda r: r.actors)),
        recipients=tuple(claims.parties_of(told, lambda r: r.recipients)),
        places=tuple(places),
        counts=tuple(tolls),
        claims=(*_claims(told), *place_claims, *toll_claims),
        statuses=statuses,
        reports=len(told),
        articles=len({t.report.article_id for t in told}),
        sources=len({t.source for t in told}),
        first_reported=min(days, default=None),
        last_reported=max(days, default=None),
        lead=lead.id,
        sentence=lead.sentence.text,
        confidence=_confidence(told),
        quad=as_told.quad,
        score=as_told.score,
        cameo=as_told.cameo,
        merger=merger,
    )


def _kind(told: Sequence[Sourced]) -> tuple[str, str | None]:
    """The type that most sources give, and the mode that most of its reports with one give.

    A mode that one source gives in one report of many is what happened beside it ("his car was hit by a rocket").
    """
    types = grouped(told, lambda r: [r.type])
    best = ranked(types)[0]
    modes = grouped(types[best], lambda r: [r.mode] if r.mode else [])
    least = len(types[best]) / _ONE_IN
    often = (m for m in ranked(modes) if len({t.source for t in modes[m]}) > 1 or len(modes[m]) >= least)
    return best, next(often, None)


def _claims(told: Sequence[Sourced]) -> Iterator[Claim]:
    yield from claims.plain_claims("type", told, lambda r: r.type)
    yield from claims.plain_claims("mode", told, lambda r: r.mode)
    yield from claims.status_claims(told)
    yield from claims.moment_claims(told)
    yield from claims.party_claims("actor", told, lambda r: r.actors)
    yield from claims.party_claims("recipient", told, lambda r: r.recipients)


def _statuses(told: Sequence[Sourced]) -> Iterator[StatusChange]:
    """The status from day to day, as the reports of each day have it on the whole; only changes are told.

    What has once occurred does not become a plan again, whatever an older announcement that is reprinted says.
    """
    now: str | None = None
    for day, of_day in grouped_by_day(told):
        statuses = grouped(of_day, lambda r: [r.status])
        best = ranked(statuses)[0]
        if best != now and not (now in ("occurred", "ongoing", "negated") and best in _AHEAD):
            first = statuses[best][0]
            yield StatusChange(day, best, first.report.id)
            now = best


def grouped_by_day(told: Sequence[Sourced]) -> Iterator[tuple[str | None, list[Sourced]]]:
    """The reports by day of publication, the earliest first, unknown days last."""
    days: dict[str | None, list[Sourced]] = {}
    for one in sorted(told, key=lambda t: t.order):
        days.setdefault(one.day, []).append(one)
    yield from days.items()


def _lead(told: Sequence[Sourced], type_: str) -> Report:
    """The report that tells it best: of the event's type, happened rather than denied, fullest, surest, first."""

    def merit(one: Sourced) -> tuple[bool, bool, int, float]:
        report = one.report
        filled = sum(bool(getattr(report, name)) for name in _FILLED)
        return report.type == type_, report.status in ("occurred", "ongoing"), filled, report.confidence

    return max(told, key=merit).report


def _confidence(told: Sequence[Sourced]) -> float:
    """That at least one independent source is right, each as sure as its surest report."""
    doubt = 1.0
    by_source: dict[str, list[Sourced]] = {}
    for one in told:
        by_source.setdefault(one.source, []).append(one)
    for of_source in by_source.values():
        doubt *= 1 - weight(of_source)[1]
    return round(1 - doubt, 4)
