"""Values in few words."""

from __future__ import annotations

import pytest

from dateline.cli import wording
from dateline.records import ActorRef, Count, Moment, PlaceRef


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2021-07-27", "2021-07-27", "2021-07-27"),
        ("2021-07-12", "2021-07-14", "2021-07-12..14"),
        ("2021-07-28", "2021-08-03", "2021-07-28..08-03"),
        ("2020-12-28", "2021-01-03", "2020-12-28..2021-01-03"),
        ("2021-07-01", "2021-07-31", "2021-07"),
        ("2021-12-01", "2021-12-31", "2021-12"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2021-06-01", "2021-07-31", "2021-06-01..07-31"),
        ("9999-12-01", "9999-12-31", "9999-12-01..31"),
        (None, "2021-07-27", "until 2021-07-27"),
        ("2021-07-27", None, "from 2021-07-27"),
        (None, None, ""),
    ],
)
def test_moment(first: str | None, last: str | None, told: str) -> None:
    assert wording.moment(Moment(first, last, "day")) == told


def test_no_moment() -> None:
    assert wording.moment(None) == ""


@pytest.mark.parametrize(
    ("of", "low", "high", "told"),
    [
        ("killed", 46, 46, "46 killed"),
        ("killed", 46, None, "at least 46 killed"),
        ("injured", None, 9, "up to 9 injured"),
        ("detained", 30, 40, "30 to 40 detained"),
        ("other", 3, 3, "3"),
        ("killed", None, None, "scores"),
    ],
)
def test_count(of: str, low: int | None, high: int | None, told: str) -> None:
    assert wording.count(Count(of, 0, 6, "scores", low, high)) == told


@pytest.mark.parametrize(
    ("country", "sector", "told"),
    [("AFG", "REB", "AFG REB"), (None, "CVL", "? CVL"), ("AFG", None, "AFG"), (None, None, "?"), ("IGO", "IGO", "IGO")],
)
def test_codes(country: str | None, sector: str | None, told: str) -> None:
    assert wording.codes(ActorRef(0, 1, "x", country=country, sector=sector)) == told


def test_party_falls_back_on_the_words() -> None:
    assert wording.party(ActorRef(0, 3, "the\nmen")) == "the men"
    assert wording.party(ActorRef(0, 3, "the men", name="Dorsa Front")) == "Dorsa Front"


def test_places() -> None:
    town = PlaceRef(0, 1, "x", name="Dorsa", country="AFG", precision="town")
    state = PlaceRef(0, 1, "x", name="Afghanistan", country="AFG", precision="country")
    lost = PlaceRef(0, 1, "the hill")
    assert wording.located([town, state, town, lost]) == "Dorsa AFG; Afghanistan; the hill ?"
    assert wording.located([lost], town) == "the hill ?; perhaps Dorsa AFG"
    assert wording.located([], town) == "perhaps Dorsa AFG"


def test_short_cuts_and_joins_lines() -> None:
    assert wording.short("one  two\nthree", 10) == "one two t…"
    assert wording.short("one", 3) == "one"
