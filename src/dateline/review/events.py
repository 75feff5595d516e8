"""Events out of accounts: one report standing for itself, and an event whose reports people corrected or parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.merging import event as merging
from dateline.merging.sourced import Sourced
from dateline.records import Account, ActorRef, Event, Location, Party, PlaceRef, StatusChange, Toll


def alone(account: Account) -> Event:
    """The event that a report stands for which no event holds: its values under its id, as the view ``events`` has it.

    It has no claims: one report contradicts nothing.
    """
    report = account.report
    day = account.published[:10] if account.published else None
    return Event(
        id=report.id,
        type=report.type,
        mode=report.mode,
        status=report.status,
        moment=report.moment,
        actors=tuple(_party(ref) for ref in report.actors),
        recipients=tuple(_party(ref) for ref in report.recipients),
        places=tuple(_location(ref) for ref in report.places),
        counts=tuple(Toll(c.of, c.low, c.high) for c in report.counts),
        statuses=(StatusChange(day, report.status, report.id),) if day else (),
        reports=1,
        articles=1,
        sources=1,
        first_reported=day,
        last_reported=day,
        lead=report.id,
        sentence=report.sentence.text,
        confidence=report.confidence,
        quad=report.quad,
        score=report.score,
        cameo=report.cameo,
        merger=report.coder,
    )


def _party(ref: ActorRef) -> Party:
    return Party(ref.name or ref.text, ref.id, ref.kind, ref.country, ref.sector)


def _location(ref: PlaceRef) -> Location:
    return Location(
        ref.name or ref.text, ref.geonameid, ref.lat, ref.lon, ref.country, ref.admin1, ref.precision, ref.radius_km
    )


def event_of(id_: str, accounts: Sequence[Account], merger: str, most_sources: int | None = None) -> Event:
    """The event that these reports tell of, of which there is at least one.

    Where people accepted or corrected some of them, those alone say what, who, when, where and how many it was; what
    the others say stays among the claims. ``most_sources`` bounds the number of independent sources, since copies of
    a text add none: which outlets copied is known to merging alone.
    """
    event = merging.event_of(id_, [_sourced(a) for a in accounts], merger)
    checked = [a for a in accounts if a.verdict]
    if checked and len(checked) < len(accounts):
        sure = merging.event_of(id_, [_sourced(a) for a in checked], merger)
        event = replace(
            sure,
            claims=event.claims,
            statuses=event.statuses,
            reports=event.reports,
            articles=event.articles,
            sources=event.sources,
            first_reported=event.first_reported,
            last_reported=event.last_reported,
        )
    most = event.sources if most_sources is None else min(event.sources, most_sources)
    return replace(event, sources=most, claims=tuple(replace(c, sources=min(c.sources, most)) for c in event.claims))


def _sourced(account: Account) -> Sourced:
    """As merging has it; the source is the outlet, or the article where none is known."""
    day = account.published[:10] if account.published else None
    return Sourced(account.report, account.publisher or account.report.article_id, day)
