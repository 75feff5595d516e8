"""Datelines of wires, and what is none."""

from __future__ import annotations

import pytest

from dateline.article.agencies import credit_line, is_agency_byline, named_agencies
from dateline.article.datelines import read_dateline, read_place_line
from dateline.article.metaline import outlet_of_byline

DATELINES = [
    ("KABUL, Aug 9 (Reuters) - Taliban fighters", "KABUL", "2021-08-09", ("Reuters",)),
    ("KABUL, Afghanistan (AP) — Taliban fighters", "KABUL", None, ("AP",)),
    ("BEIRUT (AP) — Rockets struck", "BEIRUT", None, ("AP",)),
    ("BEIRUT/AMMAN, Aug 9 (Reuters) - Rockets struck", "BEIRUT", "2021-08-09", ("Reuters",)),
    ("MAZAR-I-SHARIF, Afghanistan, Aug. 9 (Xinhua) -- At least", "MAZAR-I-SHARIF", "2021-08-09", ("Xinhua",)),
    ("SEOUL, Aug. 9 (Yonhap) -- North Korea", "SEOUL", "2021-08-09", ("Yonhap",)),
    ("Kandahar [Afghanistan], August 9 (ANI): Afghan", "Kandahar", "2021-08-09", ("ANI",)),
    ("NEW DELHI: Ministers of", "NEW DELHI", None, ()),
    ("QARABAGH: Gunmen abducted", "QARABAGH", None, ()),
    ("WASHINGTON — Two men", "WASHINGTON", None, ()),
    ("GENEVA (9 August 2021) – UN experts", "GENEVA", "2021-08-09", ()),
    ("August 9, 2021 (KHARTOUM) – A faction", "KHARTOUM", "2021-08-09", ()),
    ("MOSCOW, August 9. /TASS/. Envoys", "MOSCOW", "2021-08-09", ("TASS",)),
    ("Bogota, Aug 9 (EFE).- At least", "Bogota", "2021-08-09", ("EFE",)),
    ("PORT-AU-PRINCE, Haiti, 9 Aug 2021 (AFP) - Gangs", "PORT-AU-PRINCE", "2021-08-09", ("AFP",)),
    ("UNITED NATIONS, Aug 9 (Reuters) - The council", "UNITED NATIONS", "2021-08-09", ("Reuters",)),
    ("(Reuters) - Rebel fighters", None, None, ("Reuters",)),
    ("KYIV, Dec 31 (Reuters) - Missiles", "KYIV", "2020-12-31", ("Reuters",)),
]


@pytest.mark.parametrize(("text", "place", "day", "agencies"), DATELINES)
def test_dateline(text: str, place: str | None, day: str | None, agencies: tuple[str, ...]) -> None:
    anchor = "2021-01-02" if "Dec 31" in text else "2021-08-10T02:00+00:00"
    found = read_dateline(text, anchor)
    assert found is not None
    assert (text[slice(*found.place)] if found.place else None) == place
    assert (found.date.value if found.date else None) == day
    assert found.agencies == agencies


@pytest.mark.parametrize(
    "text",
    [
        "The army - once the pride of the state - is broke.",
        "Officials said: we will not talk.",
        "BREAKING: Army seizes palace",
        "WATCH: Army seizes palace",
        "Smith (AP) said nothing",
        "On August 9 the army fell - and with it the king.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert read_dateline(text, "2021-08-09") is None


def test_a_day_without_a_year_needs_an_anchor() -> None:
    found = read_dateline("KABUL, Aug 9 (Reuters) - Taliban fighters", None)
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("ANKARA", "ANKARA"),
        ("KABUL, Afghanistan", "KABUL"),
        ("Ludhpur:", "Ludhpur"),
        ("NEWS", None),
        ("Background", None),
    ],
)
def test_place_line(line: str, place: str | None) -> None:
    found = read_place_line(line)
    assert (line[slice(*found)] if found else None) == place


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(With inputs from Agencies)", ((), "with-agencies")),
        ("(With inputs from PTI and ANI)", (("ANI", "PTI"), "with-agencies")),
        ("With additional reporting by AFP", (("AFP",), "with-agencies")),
        ("Reuters, AFP and AP contributed to this report", (("AFP", "AP", "Reuters"), "with-agencies")),
        ("(AFP)", (("AFP",), "agency")),
        ("PTI", (("PTI",), "agency")),
        ("— Agencies", ((), "agency")),
        ("This story was published from a wire agency feed without changes.", ((), "agency")),
        ("Reporting by Jane Roe in Geneva; Editing by John Doe", ((), "agency")),
        ("AA", None),
        ("Reuters said so.", None),
        ("With reports of shelling coming in, people fled.", None),
    ],
)
def test_credit_line(line: str, expected: tuple[tuple[str, ...], str] | None) -> None:
    assert credit_line(line) == expected


def test_agencies_are_told_from_words() -> None:
    assert named_agencies("AP and the Associated Press, with Reuters") == ("AP", "Reuters")
    assert named_agencies("APPLE and UNITED") == ()
    assert is_agency_byline("By AFP and AP")
    assert not is_agency_byline("By Jane Roe, AFP")


@pytest.mark.parametrize(
    ("byline", "outlet"),
    [("WION Web Team", "WION"), ("Al Jazeera Staff", "Al Jazeera"), ("Our Web Desk", None), ("Jane Roe", None)],
)
def test_outlet_of_byline(byline: str, outlet: str | None) -> None:
    assert outlet_of_byline(byline) == outlet
