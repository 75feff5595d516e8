"""Printed points in time, in the shapes and zones that outlets use."""

from __future__ import annotations

import pytest

from dateline.article.metaline import read_metaline
from dateline.article.stamps import cut_stamp, read_machine_stamp, read_url_stamp

PRINTED = [
    ("Jul 27, 2021, 04:08 PM IST", "2021-07-27T16:08+05:30"),
    ("27 July 2021", "2021-07-27"),
    ("July 27th, 2021", "2021-07-27"),
    ("27th July 2021 09:05", "2021-07-27T09:05"),
    ("Mon 9 Aug 2021 12.05 BST", "2021-08-09T12:05+01:00"),
    ("Monday, August 9, 2021 at 2:05 p.m. EDT", "2021-08-09T14:05-04:00"),
    ("Aug. 9, 2021 11:42 AM ET", "2021-08-09T11:42-04:00"),
    ("Jan. 9, 2021 11:42 AM ET", "2021-01-09T11:42-05:00"),
    ("August 9, 2021 | 14:05 GMT", "2021-08-09T14:05+00:00"),
    ("9 August 2021 - 14:00", "2021-08-09T14:00"),
    ("2021-08-09 20:11:23", "2021-08-09T20:11"),
    ("2021-08-09T20:11:23Z", "2021-08-09T20:11+00:00"),
    ("2021/08/09 20:11 JST", "2021-08-09T20:11+09:00"),
    ("09.08.2021 14:20", "2021-08-09T14:20"),
    ("14:20 09.08.2021", "2021-08-09T14:20"),
    ("14:20, 9 August 2021", "2021-08-09T14:20"),
    ("1408 GMT (2208 HKT) August 9, 2021", "2021-08-09T14:08+00:00"),
    ("9 Aug 2021, 14:05 (GMT+3)", "2021-08-09T14:05+03:00"),
    ("9 Aug 2021 14:05 UTC+0200", "2021-08-09T14:05+02:00"),
    ("Aug 9, 2021 12:00 AM", "2021-08-09T00:00"),
    ("Aug 9, 2021 12:30 PM", "2021-08-09T12:30"),
    ("25/12/2020", "2020-12-25"),
    ("12/25/2020", "2020-12-25"),
    ("04/04/2020", "2020-04-04"),
    ("03/04/2020", None),
    ("February 30, 2021", None),
    ("9 August", None),
    ("in 2021", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "value"), PRINTED)
def test_printed(text: str, value: str | None) -> None:
    stamp, rest = cut_stamp(text, "furniture")
    assert (stamp.value if stamp else None) == value
    if stamp:
        assert stamp.how == "furniture"
        assert rest == ""


@pytest.mark.parametrize(
    ("top_level", "value"),
    [
        (None, "2021-08-09T14:05+05:30"),
        ("in", "2021-08-09T14:05+05:30"),
        ("il", "2021-08-09T14:05+03:00"),
        ("ie", "2021-08-09T14:05+01:00"),
    ],
)
def test_zone_of_the_outlets_country(top_level: str | None, value: str) -> None:
    stamp, _ = cut_stamp("Aug 9, 2021, 2:05 pm IST", "furniture", top_level=top_level)
    assert stamp is not None
    assert stamp.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021-08-09", "2021-08-09"),
        ("20210809", "2021-08-09"),
        ("2021-08-09T06:15:00Z", "2021-08-09T06:15+00:00"),
        ("2021-08-09T06:15:00.123+05:30", "2021-08-09T06:15+05:30"),
        ("2021-08-09T06:15:00+0500", "2021-08-09T06:15+05:00"),
        ("2021-08-09 06:15", "2021-08-09T06:15"),
        ("Mon, 09 Aug 2021 06:15:00 GMT", "2021-08-09T06:15+00:00"),
        ("August 9, 2021", "2021-08-09"),
        ("yesterday", None),
        ("99999-99-99", None),
        ("0000-00-00T00:00:00Z", None),
        ("", None),
    ],
)
def test_machine(text: str, value: str | None) -> None:
    stamp = read_machine_stamp(text, "meta")
    assert (stamp.value if stamp else None) == value


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.com/world/2021/08/09/title", "2021-08-09"),
        ("https://example.com/2021/aug/09/title", "2021-08-09"),
        ("https://example.com/2021-08-09-title", "2021-08-09"),
        ("https://example.com/2021/13/09/title", None),
        ("https://example.com/article/2021", None),
    ],
)
def test_url(url: str, value: str | None) -> None:
    stamp = read_url_stamp(url)
    assert (stamp.value if stamp else None) == value


LINES = [
    ("AfghanistanUpdated: Jul 27, 2021, 04:08 PM IST", None, None, "2021-07-27T16:08+05:30", ("Afghanistan",)),
    ("Published: Aug 9, 2021 Updated: Aug 10, 2021", None, "2021-08-09", "2021-08-10", ()),
    ("By PTI | Updated: Aug 9, 2021, 21:45 IST", "PTI", None, "2021-08-09T21:45+05:30", ()),
    ("By Jane Roe and John Doe", "Jane Roe and John Doe", None, None, ()),
    ("Jane Roe | 9 August 2021", None, "2021-08-09", None, ("Jane Roe",)),
    ("August 9, 2021 by Jane Roe", "Jane Roe", "2021-08-09", None, ()),
    ("ByJane Roe", "Jane Roe", None, None, ()),
    ("Written by Jane Roe", "Jane Roe", None, None, ()),
    ("Reporter: Jane Roe", "Jane Roe", None, None, ()),
    ("WION Web Team", "WION Web Team", None, None, ()),
    ("Al Jazeera Staff", "Al Jazeera Staff", None, None, ()),
    ("Our Correspondent", "Our Correspondent", None, None, ()),
    ("Star Digital Report", "Star Digital Report", None, None, ()),
    ("AFP, Bamako", "AFP, Bamako", None, None, ()),
    ("Last modified on Mon 9 Aug 2021 14.10 BST", None, None, "2021-08-09T14:10+01:00", ()),
    ("9 August 2021 • 5 min read", None, "2021-08-09", None, ()),
    ("World | Published On 9 Aug 2021", None, "2021-08-09", None, ("World",)),
]


@pytest.mark.parametrize(("line", "byline", "published", "updated", "rest"), LINES)
def test_metaline(
    line: str, byline: str | None, published: str | None, updated: str | None, rest: tuple[str, ...]
) -> None:
    meta = read_metaline(line)
    assert meta.found
    assert meta.byline == byline
    assert (meta.published.value if meta.published else None) == published
    assert (meta.updated.value if meta.updated else None) == updated
    assert meta.rest == rest


@pytest.mark.parametrize(
    "line",
    [
        "Kabul airport attack claimed by Islamic State",
        "Report on weapons released on Monday",
        "By Monday",
        "Motion approved by Joe Doe on August 9, 2021 after nine hours of debate in the council",
        "The treaty was signed on August 9, 2021.",
        "Rebels seize town - army denies it",
        "North Korea fires missile, says South",
    ],
)
def test_headlines_are_no_metalines(line: str) -> None:
    assert not read_metaline(line).found
