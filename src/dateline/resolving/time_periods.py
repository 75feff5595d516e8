"""Rules for the periods that reports of results count by: quarters, fiscal years, "a year earlier", year end."""

from __future__ import annotations

import re
from datetime import date

from dateline.resolving import time_words as w
from dateline.resolving.days import Days, calendar_unit, day, shift, week_days, year_days
from dateline.resolving.time_dates import Rule, month_number, nearest_year, rule, year_of
from dateline.resolving.time_reading import NO_ANCHOR, NO_SUCH_DAY, Clock, Reading, unit_around, unit_value


def spoken_unit(clock: Clock, unit: str) -> date | None:
    """The first day of the period spoken of last, where that was a whole ``unit`` of the calendar."""
    return clock.reference[0] if clock.reference and calendar_unit(clock.reference) == unit else None


def quarter_spoken(clock: Clock) -> date | None:
    """A day of the quarter that results are told for: the one spoken of last, else the last one ended.

    After "a year ago" the talk is of the same quarter of the present year again.
    """
    spoken = spoken_unit(clock, "quarter")
    if spoken and clock.anchor:
        while spoken > clock.anchor and (before := shift(spoken, -1, "year")):
            spoken = before
        while (later := shift(spoken, 1, "year")) and (shift(later, 1, "quarter") or date.max) <= clock.anchor:
            spoken = later
    return spoken or (shift(clock.anchor, -1, "quarter") if clock.anchor else None)


def _period(inside: date | None, unit: str, why: str) -> Reading:
    if inside is None:
        return Reading("DATE", "XXXX", None, unit, NO_ANCHOR)
    return unit_around(inside, unit, why)


def _latest(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the latest quarter", "the latest period": the one whose results are told."""
    return _period(quarter_spoken(clock), "quarter", "the last quarter ended or spoken of")


def _year_before(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the year-ago quarter", "year-earlier": a year before the period spoken of last."""
    groups = match.groupdict()
    if spoken_unit(clock, "quarter") or (groups.get("unit") or "").lower() == "quarter":
        origin = quarter_spoken(clock)
        return _period(shift(origin, -1, "year") if origin else None, "quarter", "a year before the quarter spoken of")
    origin = clock.anchor
    return _period(shift(origin, -1, "year") if origin else None, "year", f"the year before {origin}")


def _of_year(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the 1988 second quarter", "the 1988 quarter": with the number of the quarter spoken of last."""
    year, origin = int(match["year"]), quarter_spoken(clock)
    month = w.ORDINALS[match["nth"].lower()] * 3 if match["nth"] else origin.month if origin else None
    if month is None:
        return Reading("DATE", f"{year:04d}-QX", None, "quarter", NO_ANCHOR)
    return _period(day(year, month, 1), "quarter", f"the same quarter of {year}")


def _fiscal(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "fiscal 1989", "the current fiscal year", "the full year"."""
    if match["year"]:
        number = year_of(match["year"])
        return Reading("DATE", f"{number:04d}", year_days(number), "year", "the year is named")
    offset = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get((match["which"] or "").lower(), 0)
    origin = shift(clock.anchor, offset, "year") if clock.anchor else None
    return _period(origin, "year", "the year of the publication" if not offset else "the year beside the publication's")


def _year_end(match: re.Match[str], clock: Clock) -> Reading | None:
    if clock.anchor is None:
        return Reading("DATE", "XXXX", None, "year", NO_ANCHOR)
    year = clock.anchor.year
    last = day(year, 12, 31)
    start = day(year, 12, 1)
    days = (start, last) if start and last else None
    return Reading("DATE", f"{year:04d}", days, "part of year", "the end of the year of the publication")


def _week_of(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the week of March 6"."""
    month, number = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    found: Days | None
    if match["year"]:
        first = day(int(match["year"]), month, number)
        found = (first, first) if first else None
    elif clock.anchor is None:
        return Reading("DATE", "XXXX-WXX", None, "week", NO_ANCHOR)
    else:
        found = nearest_year(clock, lambda year: _point(day(year, month, number)))
    if found is None:
        return Reading("DATE", "XXXX-WXX", None, "week", NO_SUCH_DAY)
    return Reading("DATE", unit_value(found[0], "week"), week_days(found[0]), "week", "the week around that day")


def _point(found: date | None) -> Days | None:
    return (found, found) if found else None


PERIOD_RULES: tuple[Rule, ...] = (
    rule(r"the\s+latest\s+(?:fiscal\s+)?(?:quarter|period)", _latest),
    rule(
        r"(?:(?:the|a)\s+)?year-(?:ago|earlier)\s+(?:fiscal\s+)?(?:(?:first|second|third|fourth)[\s-]+)?"
        r"(?P<unit>quarter|period)|year-(?:ago|earlier)",
        _year_before,
    ),
    rule(
        r"the\s+(?:corresponding|comparable|same)\s+(?P<unit>quarter)(?:\s+a)?\s+year[\s-](?:ago|earlier)", _year_before
    ),
    rule(rf"(?:the\s+)?(?P<year>{w.YEAR})\s+(?:(?P<nth>{w.ORDINAL})[\s-]+)?quarter", _of_year),
    rule(
        rf"(?:the\s+)?(?:(?P<which>current|past|last|next|previous|coming|full)\s+)?fiscal\s+(?:(?P<year>{w.YEAR}|['’]\d\d)|year)|"
        r"the\s+full\s+year",
        _fiscal,
    ),
    rule(r"year[\s-]end|(?:the\s+)?year['’]s\s+end", _year_end),
    rule(
        rf"(?:the\s+)?week\s+of\s+(?P<month>{w.MONTH})\s*(?P<day>{w.DAY})(?:,\s*(?P<year>{w.YEAR}))?",
        _week_of,
    ),
)
