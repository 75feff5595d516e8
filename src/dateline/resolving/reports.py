"""A reading and its resolvers to reports and quotes: each event's fillers with who, where, when and how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Protocol

from dateline.article.datelines import dateline_span
from dateline.lexicon.plover import TYPES, cameo_root
from dateline.records import (
    ActorRef,
    Article,
    Count,
    EventMention,
    Mention,
    Moment,
    PlaceRef,
    Quote,
    QuoteMention,
    Reading,
    Report,
    Span,
    TimeRef,
    content_id,
)
from dateline.resolving.actors import ActorResolver
from dateline.resolving.counts import read_count
from dateline.resolving.moments import resolve_times, times_between
from dateline.resolving.places import PlaceResolver
from dateline.resolving.scopes import Resolve, scope_of

_ACTOR_ROLES = ("actor", "recipient", "source")


class Resolvers(Protocol):
    """What a reading is resolved with."""

    @property
    def actors(self) -> ActorResolver:
        """Who a span stands for."""

    @property
    def places(self) -> PlaceResolver:
        """Where a span is."""


def resolve(
    article: Article, reading: Reading, resolvers: Resolvers, coder: str
) -> tuple[tuple[Report, ...], tuple[Quote, ...]]:
    """Reports and quotes of one article, in text order. ``coder`` names the versions of code, model and lexicon."""
    reading = _after_dateline(article, reading)
    actors = _actors(article, reading, resolvers.actors)
    where = _where(article, reading, resolvers.places)
    times = _times(article, reading)
    reports = tuple(_report(article, reading, event, actors, where, times, coder) for event in reading.events)
    quotes = tuple(_quote(article, quote, actors) for quote in reading.quotes)
    return reports, quotes


def _after_dateline(article: Article, reading: Reading) -> Reading:
    """Without fillers in the dateline: it says where and when the report was filed, not where the event was.

    Its place stays a scope, and a prior for the other places.
    """
    filed = dateline_span(article)
    if filed is None:
        return reading
    events = tuple(
        replace(e, roles={role: tuple(s for s in spans if not s.overlaps(filed)) for role, spans in e.roles.items()})
        for e in reading.events
    )
    return replace(reading, events=events)


def _countries(event: EventMention, actors: dict[Span, ActorRef]) -> list[str]:
    """The countries of an event's recipients and actors."""
    found = (actors[s].country for role in ("recipient", "actor") for s in event.roles.get(role, ()))
    return [country for country in found if country and country != "IGO"]


def _actors(article: Article, reading: Reading, resolver: ActorResolver) -> dict[Span, ActorRef]:
    spans = {s for e in reading.events for role in _ACTOR_ROLES for s in e.roles.get(role, ())}
    spans |= {q.speaker for q in reading.quotes if q.speaker is not None}
    stated = [(q.content, q.speaker) for q in reading.quotes if q.speaker and q.cue is None and not q.direct]
    return resolver.resolve_all(article, sorted(spans), _mentions(reading, spans), stated)


def _mentions(reading: Reading, spans: set[Span]) -> list[Mention]:
    """The reader's mentions, and a mention for each filler that none covers, so that it can be an antecedent."""
    have = {m.span for m in reading.mentions}
    extra = [Mention(s, "person", 0.0) for s in spans if not any(s.overlaps(h) for h in have)]
    return sorted([*reading.mentions, *extra], key=lambda m: m.span)


def _where(article: Article, reading: Reading, resolver: PlaceResolver) -> Resolve:
    """Resolves spans of the article, each once."""
    names = [m.span.text for m in reading.mentions if m.kind in ("place", "facility", "government")]
    if article.dateline_place is not None:
        names.insert(0, article.dateline_place.text)
    prior = resolver.country_prior(names, article.text)

    @cache
    def resolve(span: Span) -> PlaceRef:
        day = article.anchor_date
        return resolver.resolve(span, article.text, context=names, country_prior=prior, day=day)

    return resolve


def _times(article: Article, reading: Reading) -> dict[Span, TimeRef]:
    """Each filler's days, by the tense of its event; the times between them are what "two days later" counts from."""
    tenses = _tenses(reading)
    anchor = anchor_of(article)
    spans = sorted({*tenses, *times_between(article.text, sorted(tenses), anchor)})
    found = resolve_times(spans, article.text, anchor, [tenses.get(s) for s in spans])
    return {span: ref for span, ref in zip(spans, found, strict=True) if span in tenses}


def _tenses(reading: Reading) -> dict[Span, str | None]:
    """Of what tense the event is that a time dates; of several events one that has happened tells it."""
    known = {"planned": "future", "occurred": "past", "ongoing": "past"}
    told: dict[Span, str | None] = {}
    for event in reading.events:
        for span in event.roles.get("time", ()):
            told[span] = "past" if told.get(span) == "past" else known.get(event.status)
    return told


def anchor_of(article: Article) -> date | None:
    """The day that relative dates of the article count from, or ``None``."""
    try:
        return date.fromisoformat(article.anchor_date or "")
    except ValueError:
        return None


def _report(
    article: Article,
    reading: Reading,
    event: EventMention,
    actors: dict[Span, ActorRef],
    where: Resolve,
    times: dict[Span, TimeRef],
    coder: str,
) -> Report:
    found = tuple(times[s] for s in event.roles.get("time", ()))
    places = tuple(where(s) for s in event.roles.get("place", ()))
    known = any(p.lat is not None for p in places)
    kind = TYPES[event.type]
    return Report(
        id=content_id("rep", article.id, event.trigger.start, event.trigger.text, event.type),
        article_id=article.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        trigger=event.trigger,
        sentence=event.sentence,
        actors=tuple(actors[s] for s in event.roles.get("actor", ())),
        recipients=tuple(actors[s] for s in event.roles.get("recipient", ())),
        objects=event.roles.get("object", ()),
        instruments=event.roles.get("instrument", ()),
        places=places,
        scope=None if known else scope_of(event, article, reading, where, _countries(event, actors)),
        times=found,
        moment=moment_of(found, event.status, anchor_of(article)),
        counts=_counts(article, event),
        sources=tuple(actors[s] for s in event.roles.get("source", ())),
        confidence=event.confidence,
        type_probabilities=dict(event.type_probabilities),
        quad=kind.quad,
        score=kind.score,
        cameo=cameo_root(event.type, event.mode),
        coder=coder,
    )


def moment_of(times: tuple[TimeRef, ...], status: str, anchor: date | None) -> Moment | None:
    """When the event was: its most precise time expression, else a bound by the day of the report.

    Without a time expression, what has occurred lies on or before the anchor day, and what is planned on or after
    it; the other end stays open. ``None`` when there is no anchor either.
    """
    known = [t.moment for t in times if t.moment is not None]
    if known:
        return min(known, key=_width)
    if anchor is None:
        return None
    day = anchor.isoformat()
    if status == "planned":
        return Moment(day, None, "open", "no time is given; announced in a report of this day")
    if status in ("occurred", "ongoing"):
        return Moment(None, day, "open", "no time is given; it is told in a report of this day")
    return None


def _width(moment: Moment) -> int:
    if moment.first is None or moment.last is None:
        return 10**7
    return (date.fromisoformat(moment.last) - date.fromisoformat(moment.first)).days


def _counts(article: Article, event: EventMention) -> tuple[Count, ...]:
    found = (read_count(s, event.trigger, article.text, event.mode, event.type) for s in event.roles.get("count", ()))
    return tuple(c for c in found if c is not None)


def _quote(article: Article, quote: QuoteMention, actors: dict[Span, ActorRef]) -> Quote:
    return Quote(
        id=content_id("quo", article.id, quote.content.start, quote.content.text),
        article_id=article.id,
        content=quote.content,
        speaker=actors[quote.speaker] if quote.speaker is not None else None,
        cue=quote.cue,
        direct=quote.direct,
    )
