"""A report made ready for comparing: the stems, names, days, places and numbers that two tellings can share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.lexicon.naming import Token, tokens
from dateline.merging.words import STOP, Frequencies, Terms, stem
from dateline.records import ActorRef, Article, Count, Moment, PlaceRef, Report

_BESIDE = 220
_LEAD = 2
_PRONOUNS = (
    "i we you he him his she her it its they them their who whom whose which that this these those us our my me your "
    "himself herself itself themselves"
)
PRONOUNS = frozenset(_PRONOUNS.split())
_CALENDAR = "the a an monday tuesday wednesday thursday friday saturday sunday"
_COMMON = frozenset(_CALENDAR.split())
_NUMBER = re.compile(r"\d[\d,.]*")
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|its|his|her|their)\s+(?:[\w'’-]+\s+){0,2}$", re.I)
_ANOTHER = re.compile(
    r"\b(?:another|other|second|third|similar|further|new|fresh|earlier|previous|separate|an?|two|three|several)\s+"
    r"(?:[\w'’-]+\s+){0,2}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Story:
    """The article around a report: the day it was published (ordinal), its words, the names in it, by weight."""

    id: str
    day: int | None
    publisher: str
    terms: Terms
    names: Terms
    headline: Terms
    lead_end: int


@dataclass(frozen=True, slots=True)
class Parties:
    """Everyone who fills one role: lexicon ids, stems of their names or descriptions, countries, sectors."""

    ids: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """A place of a report: its gazetteer id and coordinates where it is resolved, the stems of its words always."""

    id: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    precision: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a report can mean, ordinals; ``dated`` tells that a time expression says so, ``exact`` one day."""

    first: int
    last: int
    dated: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as comparing sees it; see ``profiles``.

    ``near`` are names in the words just before and after the sentence, ``lead`` tells that it is in the headline or
    the first sentences, ``definite`` that the words before the trigger take it for known ("the attack"), ``another``
    that they bring it in ("a second attack"). ``rank`` counts the reports of the article before it, and those of its
    type.
    """

    report: Report
    story: Story
    triggers: tuple[str, ...]
    days: Days | None
    actors: Parties
    recipients: Parties
    objects: frozenset[str]
    places: tuple[Point, ...]
    counts: tuple[Count, ...]
    terms: Terms
    names: frozenset[str]
    near: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    lead: bool
    definite: bool
    another: bool
    rank: tuple[int, int]

    @property
    def id(self) -> str:
        """The id of the report."""
        return self.report.id


OPEN_DAYS, LONG_DAYS = 10, 45
"""How far an open moment reaches, and how long a moment may be to count as a date."""


def profiles(
    reports: Iterable[Report],
    articles: Mapping[str, Article],
    frequencies: Frequencies,
    wanted: Collection[str] | None = None,
) -> tuple[Profile, ...]:
    """Profiles of reports, in order; ``articles`` by id holds the article of each (one without is compared alone).

    With ``wanted``, of the reports of these ids only; the others of their articles are still needed, since a profile
    tells how many of them come before it.
    """
    reports = list(reports)
    stories: dict[str, Story] = {}
    ranks = _ranks(reports)
    out = []
    for report in reports:
        if wanted is not None and report.id not in wanted:
            continue
        article = articles.get(report.article_id)
        if report.article_id not in stories:
            stories[report.article_id] = _story(report.article_id, article, frequencies)
        out.append(profile(report, article, stories[report.article_id], ranks[report.id], frequencies))
    return tuple(out)


def _ranks(reports: Iterable[Report]) -> dict[str, tuple[int, int]]:
    out: dict[str, tuple[int, int]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for report in sorted(reports, key=lambda r: (r.trigger, r.id)):
        out[report.id] = (seen[report.article_id, ""], seen[report.article_id, report.type])
        seen.update(((report.article_id, ""), (report.article_id, report.type)))
    return out


def _story(id_: str, article: Article | None, frequencies: Frequencies) -> Story:
    if article is None:
        return Story(id_, None, "", {}, {}, {}, 0)
    words = tokens(article.text)
    headline = article.headline or article.text.partition("\n")[0]
    blocks = [article.headline_span, *article.paragraphs] if article.paragraphs else []
    ends = sorted(span.end for span in blocks if span is not None)
    return Story(
        id_,
        ordinal(article.anchor_date),
        article.publisher or "",
        frequencies.terms(_stems(words)),
        frequencies.terms([stem(t.key) for t in words if _is_name(t)]),
        frequencies.terms(_stems(tokens(headline))),
        ends[:_LEAD][-1] if ends else len(headline) + 1,
    )


def ordinal(day: str | None) -> int | None:
    """The proleptic Gregorian ordinal of an ISO day, ``None`` when there is none or it is no date."""
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return None


def profile(
    report: Report, article: Article | None, story: Story, rank: tuple[int, int], frequencies: Frequencies
) -> Profile:
    """One report as comparing sees it."""
    tokens_ = tokens(report.sentence.text)
    return Profile(
        report=report,
        story=story,
        triggers=tuple(dict.fromkeys(_stems(tokens(report.trigger.text)))) or (report.trigger.text.casefold(),),
        days=_days(report.moment, report.status, story.day),
        actors=_parties(report.actors),
        recipients=_parties(report.recipients),
        objects=frozenset(s for span in report.objects for s in _stems(tokens(span.text))),
        places=tuple(_point(place) for place in report.places),
        counts=report.counts,
        terms=frequencies.terms(_stems(tokens_)),
        names=_names(tokens_),
        near=_near(report, article),
        numbers=frozenset(n.rstrip(".,") for n in _NUMBER.findall(report.sentence.text)),
        times=frozenset(s for time in report.times for s in _stems(tokens(time.text))),
        lead=report.sentence.start < story.lead_end,
        definite=bool(_DEFINITE.search(_before(report))),
        another=bool(_ANOTHER.search(_before(report))),
        rank=rank,
    )


def _before(report: Report) -> str:
    """The words of the sentence before the trigger, the last few of them."""
    end = report.trigger.start - report.sentence.start
    return report.sentence.text[max(0, end - 40) : max(0, end)]


def _stems(words: Sequence[Token]) -> list[str]:
    return [stem(t.key) for t in words if t.key not in STOP]


def _names(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(stem(t.key) for t in words if _is_name(t))


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and token.key not in STOP and token.key not in _COMMON


def _near(report: Report, article: Article | None) -> frozenset[str]:
    if article is None:
        return frozenset()
    start, end = report.sentence.start, report.sentence.end
    return _names(
        [*tokens(article.text[max(0, start - _BESIDE) : start]), *tokens(article.text[end : end + _BESIDE // 2])]
    )


def _days(moment: Moment | None, status: str, published: int | None) -> Days | None:
    """The days of the moment; an open end reaches ``OPEN_DAYS`` far; without a moment those around publication."""
    first = ordinal(moment.first) if moment else None
    last = ordinal(moment.last) if moment else None
    if first is not None and last is not None:
        return Days(first, last, last - first <= LONG_DAYS, first == last)
    if first is not None:
        return Days(first, first + OPEN_DAYS, False, False)
    if last is not None:
        return Days(last - OPEN_DAYS, last, False, False)
    if published is None:
        return None
    return Days(published - OPEN_DAYS, published + (OPEN_DAYS if status != "occurred" else 0), False, False)


def _parties(refs: Sequence[ActorRef]) -> Parties:
    return Parties(
        frozenset(r.id for r in refs if r.id),
        frozenset(s for r in refs for s in _called(r)),
        frozenset(r.country for r in refs if r.country),
        frozenset(r.sector for r in refs if r.sector),
    )


def _called(ref: ActorRef) -> list[str]:
    """The stems of what an actor is called: name and words, but not a pronoun."""
    words = [*tokens(ref.name or ""), *(t for t in tokens(ref.text) if t.key not in PRONOUNS)]
    return _stems(words)


def _point(place: PlaceRef) -> Point:
    words = frozenset(_stems(tokens(place.name or place.text)))
    return Point(place.geonameid, place.lat, place.lon, place.country, place.admin1, place.precision, words)
