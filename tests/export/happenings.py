"""Invented happenings for the tests of the formats: a disputed attack, a protest, plans, and text that means harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from dateline.records import Account, Claim, Event, Happening, Location, Moment, Party, PlaceRef, Report, Span, Toll

STRELSAU = Location("Strelsau", 902, 47.1, 15.1, "AUT", "Hentzau", "town", 12.0)
HOSTILE = (
    "=HYPERLINK(\"http://evil.example\")\t<script>alert('1')</script> & ]]> "
    '\x0b\x01 \u202e _x0041_, "quoted"; 東京\nnext'
)


def report(name: str, sentence: str = "Gunmen shot three villagers in Strelsau.", type_: str = "ASSAULT") -> Report:
    """A report whose trigger is the second word of its sentence."""
    start = sentence.index(" ") + 1
    end = (sentence + " ").index(" ", start)
    return Report(
        id=f"rep_{name}",
        article_id=f"art_{name}",
        type=type_,
        mode="firearms" if type_ == "ASSAULT" else None,
        status="occurred",
        trigger=Span.of(sentence, start, end),
        sentence=Span.of(sentence, 0, len(sentence)),
        places=(PlaceRef(0, 6, sentence[:6], "Strelsau", 902, 47.1, 15.1, "AUT", "Hentzau", "town", 12.0),),
        confidence=0.8,
        coder="coder 1",
    )


def account(name: str, publisher: str, day: str, sentence: str = "Gunmen shot three villagers in Strelsau.") -> Account:
    """A account by an outlet on a day."""
    url = f"https://{publisher.split()[0].lower()}.example/{name}?a=1&b=2"
    return Account(report(name, sentence), publisher, url, f"{day}T10:00:00Z", f"News of {name}", "own", why="same day")


ATTACK = Happening(
    Event(
        "evt_attack", "ASSAULT", "firearms", "occurred", Moment("2021-07-14", "2021-07-15", "range"),
        (Party("Gunmen of the Hills", "hillmen", "armed_group", "AUT", "REB", 2),),
        (Party("villagers", None, "population", "AUT", "CVL"), Party("Zenda Police", None, "police", "AUT", "COP")),
        (STRELSAU,), (Toll("killed", 3, 5), Toll("injured", 2, None)),
        (Claim("killed", "3", ("rep_a",), 1), Claim("killed", "5", ("rep_b",), 2), Claim("type", "ASSAULT", (), 2)),
        (), 2, 2, 2, "2021-07-15", "2021-07-16", "rep_a", "Gunmen shot three villagers in Strelsau.", 0.9, 4,
        -9.0, "19", "merger 1",
    ),
    (account("a", "Zenda Times", "2021-07-15"), account("b", "Hentzau Post", "2021-07-16")),
    ("accept",),
)  # fmt: skip
PROTEST = Happening(
    Event(
        "rep_c", "PROTEST", None, "ongoing", Moment(None, "2021-07-20", "open"), places=(Location("the old square"),),
        reports=1, articles=1, sources=1, first_reported="2021-07-20", last_reported="2021-07-20", lead="rep_c",
        sentence="They march through the old square.", confidence=0.6, quad=4, score=-6.5, cameo="14", merger="coder 1",
    ),
    (account("c", "Zenda Times", "2021-07-20", "They march through the old square."),),
)  # fmt: skip
TALKS = Happening(
    Event(
        "rep_d", "CONSULT", "visit", "planned", Moment("2021-08-01", "2021-08-01", "day"),
        (Party("Rudolf V", "rudolf", "person", "AUT", "GOV"),), (), (STRELSAU,),
        reports=1, articles=1, sources=1, first_reported="2021-07-21", last_reported="2021-07-21", lead="rep_d",
        sentence="He visits Strelsau in August.", confidence=0.7, quad=1, score=1.0, cameo="04", merger="coder 1",
    ),
    (account("d", "Zenda Times", "2021-07-21", "He visits Strelsau in August."),),
)  # fmt: skip
DENIED = Happening(
    replace(TALKS.event, id="rep_e", status="negated", moment=None, lead="rep_e"),
    (replace(TALKS.accounts[0], report=report("e")),),
)
EVIL = Happening(
    replace(
        ATTACK.event, id="rep_f", sentence=HOSTILE, lead="rep_f", claims=(), reports=1, sources=1,
        actors=(Party(HOSTILE, None, "armed_group", None, "REB"),), places=(replace(STRELSAU, name=HOSTILE),),
        last_reported="2021-07-17",
    ),
    (replace(account("f", HOSTILE, "2021-07-17", HOSTILE), url="javascript:alert(1)", headline=HOSTILE),),
)  # fmt: skip
ALL = (ATTACK, PROTEST, TALKS, DENIED, EVIL)

Lines = Callable[[Iterable[Happening], Counter[str]], Iterator[str]]


def written(lines: Lines, happenings: Iterable[Happening] = ALL) -> tuple[str, Counter[str]]:
    """The whole text of a format, and what it left out."""
    left_out: Counter[str] = Counter()
    return "".join(lines(iter(happenings), left_out)), left_out
