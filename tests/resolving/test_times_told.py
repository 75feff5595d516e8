"""Times that count from the one told before, and the tense that a report's event lends its times."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.lexicon.gazetteer import Gazetteer
from dateline.records import Article, EventMention, Reading, Span, Stamp
from dateline.resolving.moments import resolve_times, times_between
from dateline.resolving.places import PlaceResolver
from dateline.resolving.reports import resolve

TUESDAY = date(2021, 7, 27)


def _days(text: str, *quotes: str, anchor: date | None = TUESDAY, tense: str | None = None) -> tuple[str | None, ...]:
    spans = [Span.of(text, text.index(q), text.index(q) + len(q)) for q in quotes]
    moment = resolve_times(spans, text, anchor, [tense] * len(spans))[-1].moment
    return (moment.first, moment.last) if moment else (None, None)


@pytest.mark.parametrize(
    ("text", "before", "quote", "first", "last"),
    [
        ("Troops came on 3 May. They left before dawn.", "3 May", "before dawn", "2021-05-03", "2021-05-03"),
        ("Troops came on 3 May; by evening all was over.", "3 May", "by evening", "2021-05-03", "2021-05-03"),
        ("A deal was signed on 3 May and torn up within hours.", "3 May", "within hours", "2021-05-03", "2021-05-03"),
        ("Guns fell silent on 3 May. The day before, ten died.", "3 May", "The day before", "2021-05-02", "2021-05-02"),
        (
            "He spoke on 3 May; shots fell the evening before.",
            "3 May",
            "the evening before",
            "2021-05-02",
            "2021-05-02",
        ),
        ("He spoke on 3 May. Later that night shells fell.", "3 May", "Later that night", "2021-05-03", "2021-05-04"),
        ("He quit on 3 May, two days after police fired.", "3 May", "two days after", "2021-05-01", "2021-05-01"),
        ("A raid came on 3 May; two days after, rebels struck.", "3 May", "two days after", "2021-05-05", "2021-05-05"),
        ("On Sunday the siege went into its ninth day.", "Sunday", "its ninth day", "2021-07-17", "2021-07-25"),
        (
            "He came in 2014. War began in January of that year.",
            "2014",
            "January of that year",
            "2014-01-01",
            "2014-01-31",
        ),
    ],
)
def test_counts_from_the_time_told_before(text: str, before: str, quote: str, first: str, last: str) -> None:
    assert _days(text, before, quote) == (first, last)


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("before dawn", "another happening"),
        ("the day before", "another happening"),
        ("within hours", "another happening"),
    ],
)
def test_nothing_told_before_is_told(quote: str, why: str) -> None:
    found = resolve_times([Span.of(quote, 0, len(quote))], quote, TUESDAY)[0]
    assert found.moment is None
    assert why in found.why


@pytest.mark.parametrize(
    ("quote", "first", "last"),
    [
        ("since the fighting began on 4 May", "2021-05-04", "2021-07-27"),
        ("since October", "2020-10-01", "2021-07-27"),
        ("until Sunday evening", "2021-07-27", "2021-08-01"),
        ("by Friday", "2021-07-27", "2021-07-30"),
        ("before daybreak on Monday", "2021-07-26", "2021-07-26"),
        ("a little after midday on Tuesday", "2021-07-27", "2021-07-27"),
        ("late last night", "2021-07-26", "2021-07-26"),
        ("earlier in the month", "2021-07-01", "2021-07-27"),
        ("for the third day running", "2021-07-25", "2021-07-27"),
        ("three nights", "2021-07-24", "2021-07-27"),
        ("month-long", "2021-06-27", "2021-07-27"),
    ],
)
def test_days(quote: str, first: str, last: str) -> None:
    assert _days(quote, quote, tense="past") == (first, last)


def test_days_do_not_count_from_a_year() -> None:
    text = "He was shot in 2019. Two days earlier a court had sat."
    assert _days(text, "in 2019", "Two days earlier") == (None, None)


def test_without_a_day_of_publication_the_year_told_before_holds() -> None:
    text = "The rising began in 1964. On 29 May the palace fell; in April the army had split."
    assert _days(text, "in 1964", "On 29 May", anchor=None) == ("1964-05-29", "1964-05-29")
    assert _days(text, "in 1964", "in April", anchor=None) == ("1964-04-01", "1964-04-30")


def test_times_between_are_sought_only_for_what_counts_from_them() -> None:
    text = "On 3 May troops came. They left two days later, and again on 9 June."
    later, june = (Span.of(text, text.index(q), text.index(q) + len(q)) for q in ("two days later", "9 June"))
    assert [s.text for s in times_between(text, [later, june], TUESDAY)] == ["3 May"]
    assert times_between(text, [june], TUESDAY) == []
    assert [s.text for s in times_between(text, [june], None)] == ["3 May", "two days later"]


class Resolvers:
    """Resolves nobody and no place."""

    places = PlaceResolver(Gazetteer.of([]))

    @property
    def actors(self) -> Resolvers:
        """This."""
        return self

    def resolve_all(self, *_: object) -> dict[Span, object]:
        """None."""
        return {}


@pytest.mark.parametrize(("status", "first"), [("planned", "2021-07-30"), ("occurred", "2021-07-23")])
def test_the_event_lends_its_tense(status: str, first: str) -> None:
    text = "Talks on Friday between both sides."
    event = EventMention(
        Span.of(text, 0, 5), Span.of(text, 0, 35), "CONSULT", None, status, {"time": (Span.of(text, 6, 15),)}
    )
    article = Article("art", text, published=Stamp("2021-07-27", "given", "2021-07-27"))
    (report,), _ = resolve(article, Reading((), (), (event,)), Resolvers(), "test")  # type: ignore[arg-type]
    assert report.moment is not None
    assert report.moment.first == first
