"""Time expressions: values, days, what stays unresolved, odd input."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.records import Span, TimeRef
from dateline.resolving.days import covering, easter, shift
from dateline.resolving.moments import find_times, resolve_time, resolve_times, tense_near, timex_value

TUESDAY = date(2021, 7, 27)


def _days(words: str, anchor: date | None = TUESDAY, **how: str) -> tuple[str | None, str | None] | None:
    moment = resolve_time(Span.of(words, 0, len(words)), anchor, **how).moment  # type: ignore[arg-type]
    return (moment.first, moment.last) if moment else None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Wednesday", "2021-07-21", "2021-07-21"),
        ("on Tuesday", "2021-07-27", "2021-07-27"),
        ("last Tuesday", "2021-07-20", "2021-07-20"),
        ("Tuesday night", "2021-07-27", "2021-07-27"),
        ("early on Monday", "2021-07-26", "2021-07-26"),
        ("today", "2021-07-27", "2021-07-27"),
        ("yesterday morning", "2021-07-26", "2021-07-26"),
        ("the day before yesterday", "2021-07-25", "2021-07-25"),
        ("overnight", "2021-07-26", "2021-07-27"),
        ("last night", "2021-07-26", "2021-07-26"),
        ("over the weekend", "2021-07-24", "2021-07-25"),
        ("last week", "2021-07-19", "2021-07-25"),
        ("this week", "2021-07-26", "2021-07-27"),
        ("last month", "2021-06-01", "2021-06-30"),
        ("this month", "2021-07-01", "2021-07-27"),
        ("earlier this year", "2021-01-01", "2021-07-27"),
        ("last year", "2020-01-01", "2020-12-31"),
        ("early July", "2021-07-01", "2021-07-10"),
        ("at the end of June", "2021-06-24", "2021-06-30"),
        ("in May", "2021-05-01", "2021-05-31"),
        ("in December", "2020-12-01", "2020-12-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
        ("in August 2020", "2020-08-01", "2020-08-31"),
        ("July 27, 2021 04:08 PM", "2021-07-27", "2021-07-27"),
        ("2021-07-27T16:08+05:30", "2021-07-27", "2021-07-27"),
        ("on 3 March", "2021-03-03", "2021-03-03"),
        ("on March 3, 1821", "1821-03-03", "1821-03-03"),
        ("07/14/2021", "2021-07-14", "2021-07-14"),
        ("14.07.2021", "2021-07-14", "2021-07-14"),
        ("at midnight on July 15", "2021-07-15", "2021-07-15"),
        ("from 3 to 5 May", "2021-05-03", "2021-05-05"),
        ("May 3-5", "2021-05-03", "2021-05-05"),
        ("from March 3 to April 5", "2021-03-03", "2021-04-05"),
        ("between Monday and Tuesday", "2021-07-26", "2021-07-27"),
        ("since Monday", "2021-07-26", "2021-07-27"),
        ("since early May", "2021-05-01", "2021-07-27"),
        ("since 2015", "2015-01-01", "2021-07-27"),
        ("by August 31", "2021-07-27", "2021-08-31"),
        ("until August 31", "2021-07-27", "2021-08-31"),
        ("before 2014", None, "2013-12-31"),
        ("after Sunday", "2021-07-26", "2021-07-27"),
        ("for three weeks", "2021-07-06", "2021-07-27"),
        ("in the past two days", "2021-07-25", "2021-07-27"),
        ("two days ago", "2021-07-25", "2021-07-25"),
        ("three months ago", "2021-04-01", "2021-04-30"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the 19th century", "1801-01-01", "1900-12-31"),
        ("last summer", "2020-06-01", "2020-08-31"),
        ("in the second quarter", "2021-04-01", "2021-06-30"),
        ("on Christmas Day", "2020-12-25", "2020-12-25"),
        ("on Good Friday", "2021-04-02", "2021-04-02"),
        ("now", "2021-07-27", "2021-07-27"),
        ("this summer", "2021-06-01", "2021-07-27"),
        ("a decade ago", "2011-01-01", "2011-12-31"),
        ("the week of July 14", "2021-07-12", "2021-07-18"),
        ("at year end", "2021-12-01", "2021-12-31"),
        ("in fiscal 2020", "2020-01-01", "2020-12-31"),
        ("in the latest quarter", "2021-04-01", "2021-06-30"),
        ("January nineteen ninety-seven", "1997-01-01", "1997-01-31"),
    ],
)
def test_days(words: str, first: str | None, last: str | None) -> None:
    assert _days(words) == (first, last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Wednesday", "2021-07-28", "2021-07-28"),
        ("next week", "2021-08-02", "2021-08-08"),
        ("in September", "2021-09-01", "2021-09-30"),
        ("within six months", "2021-07-27", "2022-01-27"),
        ("this week", "2021-07-27", "2021-08-01"),
        ("in the coming weeks", "2021-07-27", "2021-08-27"),
        ("for two days", "2021-07-27", "2021-07-29"),
    ],
)
def test_days_of_what_is_planned(words: str, first: str, last: str) -> None:
    assert _days(words, tense="future") == (first, last)


@pytest.mark.parametrize("words", ["on Wednesday", "last month", "early July", "by August 31", "now", "for two weeks"])
def test_without_an_anchor_nothing_relative_is_resolved(words: str) -> None:
    found = resolve_time(Span.of(words, 0, len(words)), None)
    assert found.moment is None
    assert "publication" in found.why


@pytest.mark.parametrize(("words", "first"), [("in 2014", "2014-01-01"), ("on 3 May 2012", "2012-05-03")])
def test_without_an_anchor_absolute_dates_are(words: str, first: str) -> None:
    days = _days(words, None)
    assert days is not None
    assert days[0] == first


@pytest.mark.parametrize(
    "words",
    ["two days later", "the same day", "recently", "for years", "on 30 February 2020", "the attack", "soon", "…"],
)
def test_what_cannot_be_told_stays_unresolved(words: str) -> None:
    found = resolve_time(Span.of(words, 0, len(words)), TUESDAY)
    assert found.moment is None
    assert found.why


def _in_order(text: str, *quotes: str) -> list[TimeRef]:
    spans = [Span.of(text, text.index(q), text.index(q) + len(q)) for q in quotes]
    return resolve_times(spans, text, TUESDAY)


def test_later_counts_from_what_was_spoken_of_before() -> None:
    text = "Rebels took the town on 3 May. Two days later the army was back; that night shells fell."
    found = [r.moment for r in _in_order(text, "on 3 May", "Two days later", "that night")]
    assert [(m.first, m.last) for m in found if m] == [
        ("2021-05-03", "2021-05-03"),
        ("2021-05-05", "2021-05-05"),
        ("2021-05-05", "2021-05-06"),
    ]


def test_the_same_day_is_no_month() -> None:
    found = _in_order("A raid in January killed two. On the same day talks began.", "in January", "On the same day")
    assert found[1].moment is None


def test_months_later() -> None:
    found = _in_order(
        "A coup came in August 2020. Nine months later came another.", "in August 2020", "Nine months later"
    )
    moment = found[1].moment
    assert moment is not None
    assert (moment.first, moment.last, moment.precision) == ("2021-05-01", "2021-05-31", "month")


@pytest.mark.parametrize(
    ("text", "quote", "tense"),
    [
        ("Troops will leave on Friday.", "Friday", "future"),
        ("The talks are scheduled for Friday.", "Friday", "future"),
        ("Troops left on Friday.", "Friday", "past"),
        ("On Friday, rebels attacked the base.", "Friday", "past"),
        ("He vowed to return on Friday.", "Friday", "future"),
        ("He is to speak on Friday.", "Friday", "future"),
        ("Warsaw staged a parade to mark its entry on Friday.", "Friday", "past"),
        ("He was stabbed to death on Friday.", "Friday", "past"),
        ("No one could carry out a search since Friday.", "Friday", "past"),
    ],
)
def test_tense(text: str, quote: str, tense: str) -> None:
    start = text.index(quote)
    assert tense_near(text, start, start + len(quote)) == tense


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("Wednesday", "DATE", "2021-07-21"),
        ("last week", "DATE", "2021-W29"),
        ("the third quarter of 2020", "DATE", "2020-Q3"),
        ("last summer", "DATE", "2020-SU"),
        ("the 1990s", "DATE", "199X"),
        ("nineteen ninety-six", "DATE", "1996"),
        ("Thursday evening", "TIME", "2021-07-22TEV"),
        ("4 p.m. Monday", "TIME", "2021-07-26T16:00"),
        ("three weeks", "DURATION", "P3W"),
        ("two decades", "DURATION", "P20Y"),
        ("several months", "DURATION", "PXM"),
        ("12-hour", "DURATION", "PT12H"),
        ("every Monday", "SET", "XXXX-WXX-1"),
        ("now", "DATE", "PRESENT_REF"),
        ("the past", "DATE", "PAST_REF"),
        ("these days", "DATE", "PRESENT_REF"),
        ("each July", "SET", "XXXX-07"),
        ("every winter", "SET", "XXXX-WI"),
        ("the 2020 second quarter", "DATE", "2020-Q2"),
        ("the year-ago quarter", "DATE", "2020-Q2"),
        ("the full year", "DATE", "2021"),
        ("the nineties", "DATE", "199X"),
        ("the year two thousand", "DATE", "2000"),
        ("5 1/2 hours", "DURATION", "PT5H30M"),
        ("two and a half years", "DURATION", "P2Y6M"),
        ("4 in the afternoon", "TIME", "2021-07-27T16:00"),
        ("decades-long", "DURATION", "PXE"),
    ],
)
def test_timex_values(words: str, kind: str, value: str) -> None:
    assert timex_value(Span.of(words, 0, len(words)), TUESDAY) == (kind, value)


def test_finds_extents() -> None:
    text = "On Monday, March 3, police may march at a cost of $16.50; 27 of them left in early May after two weeks."
    assert [s.text for s in find_times(text)] == ["Monday, March 3", "early May", "two weeks"]
    assert all(text[s.start : s.end] == s.text for s in find_times(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan Kavan, in his 40s, led the 1992 protests of 1992 soldiers.", ["1992"]),
        ("Three-quarters of them left in Jan. 2020.", ["Jan. 2020"]),
        ("Net was up from a year-earlier loss in the year-ago period.", ["year-earlier", "the year-ago period"]),
        ("He was freed the next morning.", ["the next morning"]),
    ],
)
def test_finds_no_more_than_times(text: str, found: list[str]) -> None:
    assert [s.text for s in find_times(text)] == found


def test_results_are_compared_quarter_by_quarter() -> None:
    text = "Net rose in the third quarter of 2020 from a year ago. A year earlier it fell; the quarter was good."
    found = [
        r.moment for r in _in_order(text, "the third quarter of 2020", "a year ago", "A year earlier", "the quarter")
    ]
    assert [m.first for m in found if m] == ["2020-07-01", "2019-07-01", "2019-07-01", "2020-07-01"]


def test_the_next_morning_is_of_the_day_after() -> None:
    moment = _in_order("The army came on 3 May. The rebels left the next morning.", "on 3 May", "the next morning")[
        1
    ].moment
    assert moment is not None
    assert moment.first == "2021-05-04"


def test_calendar_arithmetic_stays_in_the_calendar() -> None:
    assert shift(date(2021, 1, 31), 1, "month") == date(2021, 2, 28)
    assert shift(date.max, 1, "day") is None
    assert shift(date.min, -1, "century") is None
    assert covering(date.max, "week") is not None
    assert easter(2021) == date(2021, 4, 4)
    assert easter(1) is None


_TIME_LIKE = """
    on since by until from to between and in the last next this early late of 3 31 0 99999999999 1850 2021 0001 9999
    Monday May March February 30 days weeks years century ago later before after noon 04:08 PM 1990s th , - / 12/31/99
"""
_WORDS = st.sampled_from(_TIME_LIKE.split())


@example("after last days", date(2000, 1, 1), "past")
@given(
    st.lists(_WORDS, min_size=1, max_size=8).map(" ".join), st.none() | st.dates(), st.sampled_from(["past", "future"])
)
def test_never_raises_on_time_like_words(words: str, anchor: date | None, tense: str) -> None:
    span = Span.of(words, 0, len(words))
    reference = (anchor, anchor) if anchor else None
    found = resolve_time(span, anchor, tense=tense, reference=reference)
    assert found.why
    if found.moment and found.moment.first and found.moment.last:
        assert found.moment.first <= found.moment.last
    timex_value(span, anchor, tense=tense, reference=reference)


@given(st.text(max_size=200), st.none() | st.dates())
def test_never_raises(text: str, anchor: date | None) -> None:
    spans = find_times(text)
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert len(resolve_times(spans, text, anchor)) == len(spans)
