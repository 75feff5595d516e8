"""Invented reports, one article each, for the tests of situations and briefs."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.lexicon.plover import TYPES, cameo_root
from dateline.records import (
    Account,
    ActorRef,
    Article,
    Count,
    Event,
    Happening,
    Location,
    Moment,
    Party,
    PlaceRef,
    Report,
    Span,
    Stamp,
    TimeRef,
    Toll,
    content_id,
)

PLACES = {
    "Strelsau": (901, 45.0, 15.0, "Strelsau", "town"),
    "Zenda": (902, 45.5, 15.4, "Strelsau", "town"),
    "Hentzau": (903, 45.2, 16.1, "Hentzau", "town"),
    "Ruritania": (900, 45.2, 15.5, None, "country"),
}


@dataclass(frozen=True)
class Told:
    """An article with its only report."""

    article: Article
    report: Report


def told(
    sentence: str,
    code: str,
    *,
    trigger: str,
    status: str = "occurred",
    who: str = "",
    whom: str = "",
    thing: str = "",
    place: str = "",
    time: str = "",
    first: str | None = None,
    last: str | None = None,
    published: str | None = None,
    outlet: str = "Zenda Times",
    headline: str = "News of the day",
    killed: tuple[int | None, int | None] | None = None,
) -> Told:
    """An article of one sentence. ``code`` is ``TYPE`` or ``TYPE/mode``; names are words of the sentence.

    ``who`` and ``whom`` may be several, parted by " + ". ``last`` is by default ``first``; without both the moment is
    open, on or before the day of publication. A capitalised party has a lexicon entry.
    """
    type_, _, mode = code.partition("/")
    text = f"{headline}\n\n{sentence}"
    name = content_id("art", text, published, outlet)
    body = len(headline) + 2

    def span(words: str) -> Span:
        start = text.index(words, body)
        return Span.of(text, start, start + len(words))

    def parties(names: str) -> tuple[ActorRef, ...]:
        return tuple(_party(span(n)) for n in names.split(" + ") if n)

    day = published or first or "2021-08-10"
    moment = Moment(first, last or first, "day") if first or last else _open(day, status)
    article = Article(
        name,
        text,
        headline,
        Span.of(text, 0, len(headline)),
        paragraphs=(Span.of(text, body, len(text)),),
        publisher=outlet,
        published=Stamp(f"{day}T09:00:00Z", "given", day),
        url=f"https://news.example.com/{name}",
    )
    report = Report(
        id=content_id("rep", name, trigger, code),
        article_id=name,
        type=type_,
        mode=mode or None,
        status=status,
        trigger=span(trigger),
        sentence=span(sentence),
        actors=parties(who),
        recipients=parties(whom),
        objects=(span(thing),) if thing else (),
        places=(_place(span(place)),) if place else (),
        times=(TimeRef(*_of(span(time)), moment),) if time else (),
        moment=moment,
        counts=(Count("killed", *_of(span(sentence)), *killed),) if killed else (),
        confidence=0.9,
        quad=TYPES[type_].quad,
        score=TYPES[type_].score,
        cameo=cameo_root(type_, mode or None),
        coder="test",
    )
    return Told(article, report)


def happening(*items: Told) -> Happening:
    """All items as accounts of one event, the first as the leading one."""
    first, articles = items[0].report, [t.article for t in items]
    days = sorted(a.published.value[:10] for a in articles if a.published)
    reports = [t.report for t in items]
    event = Event(
        first.id if len(items) == 1 else content_id("evt", *(r.id for r in reports)),
        first.type,
        first.mode,
        first.status,
        first.moment,
        tuple(Party(a.name or a.text, a.id, country=a.country) for a in first.actors),
        tuple(Party(a.name or a.text, a.id, country=a.country) for a in first.recipients),
        tuple(
            Location(p.name or p.text, p.geonameid, p.lat, p.lon, p.country, p.admin1, p.precision)
            for p in first.places
        ),
        tuple(Toll(c.of, c.low, c.high) for c in first.counts),
        reports=len(items),
        articles=len(items),
        sources=len({a.publisher for a in articles}),
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
        lead=first.id,
        sentence=first.sentence.text,
        quad=first.quad,
    )
    return Happening(event, tuple(_account(t) for t in items))


def _account(item: Told) -> Account:
    article = item.article
    published = article.published.value if article.published else None
    return Account(item.report, article.publisher, article.url, published, article.headline, article.origin)


def _of(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text


def _open(day: str, status: str) -> Moment:
    return Moment(day, None, "open") if status == "planned" else Moment(None, day, "open")


def _party(span: Span) -> ActorRef:
    known = span.text[0].isupper()
    return ActorRef(*_of(span), span.text if known else None, span.text.lower() if known else None, country="AUT")


def _place(span: Span) -> PlaceRef:
    if span.text not in PLACES:
        return PlaceRef(*_of(span))
    geonameid, lat, lon, admin1, precision = PLACES[span.text]
    return PlaceRef(*_of(span), span.text, geonameid, lat, lon, "AUT", admin1, precision, 5.0)
