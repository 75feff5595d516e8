"""The demo casebook's gold as records: what a faultless reader and a faultless merger would make of its articles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.article import build
from dateline.lexicon.plover import TYPES, cameo_root
from dateline.records import (
    Account,
    ActorRef,
    Article,
    Count,
    Document,
    Event,
    Happening,
    Location,
    Moment,
    Party,
    PlaceRef,
    Report,
    Span,
    StatusChange,
    Toll,
    content_id,
)
from dateline.resolving.places import PlaceResolver
from dateline.text.sentences import split_sentences

FOLDER = Path(__file__).parent.parent.parent / "corpus" / "casebook"
_COUNTRIES = {
    "Taliban": "AFG",
    "India": "IND",
    "Pakistan": "PAK",
    "United States": "USA",
    "Joe Biden": "USA",
    "China": "CHN",
    "Russia": "RUS",
}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SITE = re.compile(r"\b(crossing|gate|border|base|port|palace)\b", re.I)
Row = dict[str, Any]


@dataclass(frozen=True)
class Demo:
    """The articles, and the happenings with all their accounts."""

    articles: tuple[Article, ...]
    happenings: tuple[Happening, ...]


@cache
def demo() -> Demo:
    """The whole corpus."""
    articles = {a.id: a for row in _rows("articles") if (a := _article(row)) is not None}
    places = PlaceResolver.load()
    found = []
    for row in _rows("happenings"):
        if told := list(_reports(row, articles, _place(row, places))):
            accounts = tuple(account(articles[r.article_id], r) for r in told)
            found.append(Happening(_event(row, told, articles), accounts))
    return Demo(tuple(articles.values()), tuple(found))


def account(article: Article, report: Report) -> Account:
    """A report as its article's account."""
    published = article.published.value if article.published else None
    return Account(report, article.publisher, article.url, published, article.headline, article.origin)


def _rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _article(row: Row) -> Article | None:
    kind, data = ("text/html", row["html"]) if "html" in row else ("text/plain", row["text"])
    given = {key: row[key] for key in ("title", "published", "url", "source")}
    article, _ = build(Document(row["id"], data.encode(), kind, url=row["url"], given=given))
    return article


def _place(happening: Row, resolver: PlaceResolver) -> PlaceRef:
    name = happening["place"]
    return resolver.resolve(Span.of(name, 0, len(name.split(",")[0])), name, country_prior={happening["country"]: 1.0})


def _reports(happening: Row, articles: dict[str, Article], place: PlaceRef) -> Iterator[Report]:
    for mention in happening["mentions"]:
        article = articles.get(mention["article"])
        start = _locate(article.text, mention) if article else None
        if article is not None and start is not None:
            yield _report(
                happening, mention, article, Span.of(article.text, start, start + len(mention["trigger"])), place
            )


def _locate(text: str, mention: Row) -> int | None:
    words = mention["sentence_contains"]
    inside = -1
    for _ in range(mention["nth"]):
        inside = words.find(mention["trigger"], inside + 1)
    return text.index(words) + inside if words in text else None


def _report(happening: Row, mention: Row, article: Article, trigger: Span, place: PlaceRef) -> Report:
    kind = TYPES[happening["type"]]
    mode = happening["mode"] or None
    sentence = _sentence(article, trigger)
    site = _SITE.search(sentence.text)
    objects = (Span.of(article.text, sentence.start + site.start(), sentence.start + site.end()),) if site else ()
    return Report(
        id=content_id("rep", article.id, trigger.start, trigger.text, kind.name),
        article_id=article.id,
        type=kind.name,
        mode=mode,
        status=mention["status"],
        trigger=trigger,
        sentence=sentence,
        actors=tuple(_actor(name, trigger) for name in happening["actors"]),
        objects=objects,
        places=(place,),
        moment=Moment(happening["first"], happening["last"], "day"),
        counts=tuple(_counts(happening, sentence)),
        confidence=1.0,
        quad=kind.quad,
        score=kind.score,
        cameo=cameo_root(kind.name, mode),
        coder="gold",
    )


def _sentence(article: Article, trigger: Span) -> Span:
    bounds = [p for p in (*article.paragraphs, article.headline_span) if p and p.start <= trigger.start < p.end]
    whole = bounds[0] if bounds else Span.of(article.text, trigger.start, trigger.end)
    found = split_sentences(article.text, whole.start, whole.end)
    return next((s for s in found if s.start <= trigger.start < s.end), trigger)


def _actor(name: str, span: Span) -> ActorRef:
    id_ = name.lower().replace(" ", "-")
    country = next((c for known, c in _COUNTRIES.items() if known in name), "AFG" if "Afghan" in name else None)
    return ActorRef(span.start, span.end, span.text, name, id_, country=country)


def _counts(happening: Row, sentence: Span) -> Iterator[Count]:
    words = re.findall(r"\w+", sentence.text.lower().replace(",", ""))
    for of, toll in happening["tolls"].items():
        for n in toll["printed"]:
            if {str(n), *_WORDS[n : n + 1]} & set(words):
                yield Count(of, sentence.start, sentence.end, sentence.text, n, n)


def _event(happening: Row, told: list[Report], articles: dict[str, Article]) -> Event:
    place, kind = told[0].places[0], TYPES[happening["type"]]
    published = sorted(articles[r.article_id].anchor_date or "" for r in told)
    status = "occurred" if any(r.status == "occurred" for r in told) else told[0].status
    return Event(
        id=happening["id"],
        type=happening["type"],
        mode=happening["mode"] or None,
        status=status,
        moment=Moment(happening["first"], happening["last"], "day"),
        actors=tuple(Party(a.name or "", a.id, country=a.country) for a in told[0].actors),
        places=(
            Location(
                place.name or place.text,
                place.geonameid,
                place.lat,
                place.lon,
                place.country,
                place.admin1,
                place.precision,
            ),
        ),
        counts=tuple(_toll(of, told) for of in happening["tolls"]),
        statuses=(StatusChange(published[0], status, told[0].id),),
        reports=len(told),
        articles=len({r.article_id for r in told}),
        sources=len({articles[r.article_id].publisher for r in told}),
        first_reported=published[0],
        last_reported=published[-1],
        lead=told[0].id,
        sentence=told[0].sentence.text,
        quad=kind.quad,
        score=kind.score,
        merger="gold",
    )


def _toll(of: str, told: list[Report]) -> Toll:
    numbers = [n for r in told for c in r.counts if c.of == of for n in (c.low, c.high) if n is not None]
    return Toll(of, min(numbers, default=None), max(numbers, default=None))
