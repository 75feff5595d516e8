"""A coded article made by hand, and a coder that returns such for any document."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from dateline import pipeline
from dateline.records import (
    ActorRef,
    Alternative,
    Article,
    Coded,
    Count,
    Document,
    Moment,
    PlaceRef,
    Problem,
    Quote,
    Report,
    Span,
    Stamp,
    TimeRef,
)

TITLE = "Rebels take the market town of Dorsa"
BODY = (
    "The rebels seized Dorsa on Friday, killing at least 46 soldiers, officials said. "
    '"We will go on," their chief said.'
)
TEXT = f"{TITLE}\n\n{BODY}"


def span(words: str, nth: int = 1) -> Span:
    """The n-th occurrence of the words in the sample's text."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Span.of(TEXT, at, at + len(words))


def actor(words: str, nth: int = 1, name: str | None = None, country: str | None = None, **more: object) -> ActorRef:
    """An actor reference over the words."""
    s = span(words, nth)
    sector = str(more["sector"]) if "sector" in more else None
    why = str(more.get("why", "no word of it is known"))
    return ActorRef(s.start, s.end, s.text, name=name, country=country, sector=sector, score=0.8, why=why)


def sample() -> Coded:
    """One article with two reports and a quote."""
    when, where, dead = span("on Friday"), span("Dorsa", 2), span("at least 46 soldiers")
    moment = Moment("2021-07-23", "2021-07-23", "day", "the Friday before")
    place = PlaceRef(where.start, where.end, where.text, name="Dorsa", geonameid=7, lat=1.5, lon=2.5, country="AFG",
                     admin1="Hentzau", precision="town", radius_km=5.0, score=0.7, why="the only one of the name",
                     alternatives=(Alternative("Dorsa, Elsewhere", "8", 0.2),))  # fmt: skip
    rebels = actor("The rebels", name="Dorsa Front", country="AFG", sector="REB", why="named elsewhere in the article")
    sentence = Span.of(TEXT, len(TITLE) + 2, TEXT.index(' "We'))
    seized = Report("rep_aaaaaaaaaaaa", "art_1", "COERCE", "seize", "occurred", span("seized"), sentence, (rebels,),
                    objects=(where,), places=(place,),
                    times=(TimeRef(when.start, when.end, when.text, moment),), moment=moment,
                    sources=(actor("officials"),), confidence=0.9, quad=4, score=-7.0, cameo="17",
                    coder="by hand")  # fmt: skip
    killed = replace(
        seized, id="rep_bbbbbbbbbbbb", type="ASSAULT", mode=None, status="possible", trigger=span("killing"),
        objects=(),
        recipients=(actor("soldiers", name=None, country="AFG", sector="MIL"),), times=(), moment=None, places=(),
        counts=(Count("killed", dead.start, dead.end, dead.text, 46, None),), confidence=0.4,
        type_probabilities={"ASSAULT": 0.6, "COERCE": 0.3, "RETREAT": 0.02},
    )  # fmt: skip
    quote = Quote("quo_1", "art_1", span("We will go on"), actor("their chief"), span("said", 2), True)
    article = Article("art_1", TEXT, TITLE, span(TITLE), paragraphs=(span(BODY),), byline="A. Writer",
                      published=Stamp("2021-07-26", "given", "2021-07-26"), origin="own", language="en",
                      furniture=("Subscribe now",))  # fmt: skip
    return Coded("sample", article, (seized, killed), (quote,))


@dataclass(frozen=True)
class ByHand:
    """Yields the sample for every document, but for those that ask for trouble."""

    def code_item(self, item: Document | Problem) -> Coded:
        """The sample under the document's id; an article without events where its text says so."""
        if isinstance(item, Problem):
            return Coded(item.where or "", None, problems=(item,))
        if b"QUIET" in item.data:
            return replace(
                sample(), id=item.id, reports=(), quotes=(), problems=(Problem("no-events", "none", "None."),)
            )
        assert b"RAISE" not in item.data, "asked for"
        return replace(sample(), id=item.id)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line with samples made by hand in place of the reader."""
    monkeypatch.setattr(pipeline.Coder, "load", classmethod(lambda cls, *a, **k: ByHand()))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def coded() -> Coded:
    """The sample."""
    return sample()
