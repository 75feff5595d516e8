"""Rules for calendar dates: days, months, years, quarters, seasons, feasts, with or without the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from dateline.resolving import time_words as w
from dateline.resolving.days import (
    MONTHS,
    SEASONS,
    Days,
    day,
    easter,
    month_days,
    months_days,
    nth_weekday,
    season_days,
    year_days,
)
from dateline.resolving.numbers import TENS, UNITS
from dateline.resolving.time_reading import NO_ANCHOR, NO_SUCH_DAY, Clock, Reading, one_day, part_of

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Clock], Reading | None]]

# A date without its year, in the past tense: one a little ahead of the anchor is likelier than one far behind.
_AHEAD_COST = {"begun": 10_000, "past": 4, "present": 2, "future": 1}
_BEHIND_COST = {"past": 1, "present": 1, "future": 8}
_FIXED_FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "may day": (5, 1),
    "boxing day": (12, 26),
    "bastille day": (7, 14),
    "veterans day": (11, 11),
    "armistice day": (11, 11),
}
_EASTER_FEASTS = {"good friday": -2, "easter monday": 1, "easter sunday": 0, "palm sunday": -7, "easter": 0}
_MOVING_FEASTS = {
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
    "labor day": (9, 0, 1),
    "martin luther king day": (1, 0, 3),
}


def rule(pattern: str, read: Callable[[re.Match[str], Clock], Reading | None]) -> Rule:
    """A compiled rule; patterns match whole words and any case."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w|-(?:ago|earlier)\b)", re.I), read


def month_number(name: str) -> int:
    """1 to 12."""
    return MONTHS[name.lower().rstrip(".")]


def nearest_year(clock: Clock, make: Callable[[int], Days | None]) -> Days | None:
    """Of the days that ``make`` gives for the years around the anchor, those that tense and distance favour.

    Without an anchor those of the year spoken of last.
    """
    if clock.anchor is None:
        return make(clock.reference[1].year) if clock.reference else None
    anchor, around = clock.anchor, range(clock.anchor.year - 1, clock.anchor.year + 2)
    found = [days for year in around if (days := make(year))]
    return min(found, key=lambda days: _cost(anchor, days, clock.tense), default=None)


def _cost(anchor: date, days: Days, tense: str) -> int:
    if days[0] > anchor:
        return (days[0] - anchor).days * _AHEAD_COST.get(tense, 2)
    return max(0, (anchor - days[1]).days) * _BEHIND_COST.get(tense, 1)


def year_of(text: str) -> int:
    """A year in two or four digits; two digits fall in 1970 to 2069."""
    number = int(text.lstrip("'’"))
    return number if len(text.lstrip("'’")) > 2 else number + (1900 if number >= 70 else 2000)


def clock_code(text: str | None) -> str:
    """ "4:08 p.m." → 16:08; "" where there is no time of day."""
    match = re.match(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*([ap])?", text.strip(), re.I) if text else None
    if not match:
        return ""
    hour, minute, half = int(match[1]), match[2] or "00", (match[3] or "").lower()
    half = half or ("p" if text and re.search("afternoon|evening", text, re.I) else "")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return f"{hour:02d}:{minute}"


def part_code(text: str | None) -> str:
    """The TIMEX3 code of a part of the day: "evening" → EV."""
    words = re.findall(r"[a-z]+", (text or "").lower())
    return next((w.PART_CODES[x.rstrip("s")] for x in reversed(words) if x.rstrip("s") in w.PART_CODES), "")


def _time_code(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return clock_code(groups.get("clock")) or part_code(groups.get("part"))


def _iso(match: re.Match[str], clock: Clock) -> Reading | None:
    found = day(int(match["year"]), int(match["m"]), int(match["d"]))
    return one_day(found, "a date in full", clock_code(match["clock"]))


def _iso_month(match: re.Match[str], clock: Clock) -> Reading | None:
    days = month_days(int(match["year"]), int(match["m"]))
    return Reading("DATE", match[0], days, "month", "a month in full" if days else NO_SUCH_DAY)


def _slashed(match: re.Match[str], clock: Clock) -> Reading | None:
    """Month first, as the American press writes, unless only day first is possible; dots are always day first."""
    a, b, year = int(match["a"]), int(match["b"]), year_of(match["year"])
    day_first = match["sep"] == "." or a > 12
    found = day(year, b, a) if day_first else day(year, a, b)
    why = "a date in figures, " + ("day first" if day_first else "month first")
    return one_day(found, why, clock_code(match["clock"]))


def _named(match: re.Match[str], clock: Clock) -> Reading | None:
    month, number = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    code = _time_code(match)
    if match["year"]:
        return one_day(day(year_of(match["year"]), month, number), "a date in full", code)
    if clock.anchor is None and clock.reference is None:
        return Reading("DATE", f"XXXX-{month:02d}-{number:02d}", why="the year is not given; " + NO_ANCHOR)
    days = nearest_year(clock, lambda year: _single(day(year, month, number)))
    return one_day(days[0] if days else None, f"the year is {_whose_year(clock)}", code)


def _whose_year(clock: Clock) -> str:
    return "the one nearest to the publication" if clock.anchor else "that of the time spoken of last"


def _single(found: date | None) -> Days | None:
    return (found, found) if found else None


def _named_range(match: re.Match[str], clock: Clock) -> Reading | None:
    month, first, last = month_number(match["month"]), int(match["day"][:2].rstrip("stndrh")), match["day2"]
    final = int(last[:2].rstrip("stndrh"))

    def make(year: int) -> Days | None:
        begin, end = day(year, month, first), day(year, month, final)
        return (begin, end) if begin and end and begin <= end else None

    days = make(year_of(match["year"])) if match["year"] else nearest_year(clock, make)
    if days is None:
        return Reading("DATE", f"XXXX-{month:02d}", why=NO_SUCH_DAY if clock.anchor or match["year"] else NO_ANCHOR)
    return Reading("DATE", days[0].isoformat(), days, "day", "first and last day are named")


def _month(match: re.Match[str], clock: Clock) -> Reading | None:
    month, which = month_number(match["month"]), (match["which"] or "").lower().split()
    year = _month_year(match, clock)
    if year is not None:
        days, why = month_days(year, month), "month and year are named"
    elif clock.anchor is None and clock.reference is None:
        return Reading("DATE", f"XXXX-{month:02d}", precision="month", why="the year is not given; " + NO_ANCHOR)
    elif clock.anchor is None:
        days, why = nearest_year(clock, lambda year: month_days(year, month)), f"the year is {_whose_year(clock)}"
    else:
        days, why = (
            _month_near(which, month, clock),
            f"the {which[-1] if which else 'nearest'} such month, from publication",
        )
    return _vague(days, f"{days[0].year:04d}-{month:02d}" if days else "XXXX", "month", why, match["vague"])


def _month_year(match: re.Match[str], clock: Clock) -> int | None:
    if match["year"]:
        return year_of(match["year"])
    rel = (match["rel"] or "").lower().removeprefix("the ")
    told = {"that": 0, "same": 0, "following": 1, "previous": -1}.get(rel)
    if told is not None:
        return clock.reference[1].year + told if clock.reference else None
    offset = {"last": -1, "this": 0, "next": 1}.get(rel)
    return clock.anchor.year + offset if clock.anchor and offset is not None else None


def _month_near(which: list[str], month: int, clock: Clock) -> Days | None:
    if clock.anchor is None:
        return None
    anchor = clock.anchor
    if "last" in which or "past" in which or "previous" in which:
        found = month_days(anchor.year, month)
        return found if found and found[1] < anchor else month_days(anchor.year - 1, month)
    if "next" in which or "coming" in which:
        found = month_days(anchor.year, month)
        return found if found and found[0] > anchor else month_days(anchor.year + 1, month)
    if "this" in which:
        return month_days(anchor.year, month)
    return nearest_year(clock, lambda year: month_days(year, month))


def _vague(days: Days | None, value: str, precision: str, why: str, vague: str | None) -> Reading:
    if days is None:
        return Reading("DATE", value, None, precision, NO_SUCH_DAY)
    if vague:
        return Reading("DATE", value, part_of(days, vague), f"part of {precision}", f"{why}; {vague.strip()} part")
    return Reading("DATE", value, days, precision, why)


def _year(match: re.Match[str], clock: Clock) -> Reading | None:
    number = int(match["year"])
    return _vague(year_days(number), match["year"], "year", "the year is named", match["vague"])


def _decade(match: re.Match[str], clock: Clock) -> Reading | None:
    first = year_of(match["tens"] + "0")
    return _vague(year_days(first, 10), f"{first // 10}X", "decade", "the decade is named", match["vague"])


def _spoken_year(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "nineteen ninety-six"."""
    century = 100 * w.CENTURY_NUMBERS[match["century"].lower()]
    words = re.findall(r"[a-z]+", match["rest"].lower())
    number = century + sum(TENS.get(x, 0) + UNITS.get(x, 0) for x in words)
    if match["month"]:
        month = month_number(match["month"])
        return Reading(
            "DATE", f"{number:04d}-{month:02d}", month_days(number, month), "month", "month and year are named"
        )
    return Reading("DATE", f"{number:04d}", year_days(number), "year", "the year is named")


def _round_year(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the year two thousand and five"."""
    number = 2000 + UNITS.get((match["rest"] or "").lower(), 0)
    return Reading("DATE", f"{number:04d}", year_days(number), "year", "the year is named")


def _spoken_decade(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the nineties"."""
    first = 1900 + TENS[match["tens"].lower().replace("ies", "y")]
    return _vague(year_days(first, 10), f"{first // 10}X", "decade", "the decade is named", match["vague"])


def _century(match: re.Match[str], clock: Clock) -> Reading | None:
    words = re.sub(r"\s+", " ", match["nth"].lower())
    number = w.CENTURY_WORDS.get(words) or int(re.sub(r"\D", "", words) or 0)
    days = year_days((number - 1) * 100 + 1, 100) if 0 < number <= 99 else None
    return _vague(days, f"{number - 1:02d}", "century", "the century is named", match["vague"])


def _season(match: re.Match[str], clock: Clock) -> Reading | None:
    name, which = match["season"].lower(), (match["which"] or "").lower()
    code = SEASONS[name][1]
    if match["year"]:
        year: int | None = year_of(match["year"])
    else:
        year = _season_year(which, name, clock)
    if year is None:
        return Reading("DATE", f"XXXX-{code}", precision="season", why=NO_ANCHOR)
    return _vague(season_days(year, name), f"{year:04d}-{code}", "season", f"the {name} of {year}", match["vague"])


def _season_year(which: str, name: str, clock: Clock) -> int | None:
    if clock.anchor is None:
        return clock.reference[1].year + (which.strip() == "the following") if clock.reference else None
    anchor, this = clock.anchor, season_days(clock.anchor.year, name)
    if "last" in which or "past" in which:
        return anchor.year if this and this[1] < anchor else anchor.year - 1
    if "next" in which or "coming" in which:
        return anchor.year if this and this[0] > anchor else anchor.year + 1
    if "this" in which:
        return anchor.year
    near = nearest_year(clock, lambda year: season_days(year, name))
    return near[0].year if near else None


def _quarter(match: re.Match[str], clock: Clock) -> Reading | None:
    """A quarter or half of a year; without the year the last one begun before publication."""
    nth, half = w.ORDINALS[match["nth"].lower()], match["unit"].lower() == "half"
    length = 6 if half else 3
    if nth * length > 12:
        return None
    code = f"{'H' if half else 'Q'}{nth}"
    year = _quarter_year(match, (nth - 1) * length + 1, clock)
    if year is None:
        return Reading("DATE", f"XXXX-{code}", precision="quarter", why=NO_ANCHOR)
    days = months_days(year, (nth - 1) * length + 1, length)
    return Reading("DATE", f"{year:04d}-{code}", days, "half" if half else "quarter", f"{match[0]} of {year}")


def _quarter_year(match: re.Match[str], month: int, clock: Clock) -> int | None:
    if match["year"]:
        return year_of(match["year"])
    if clock.anchor is None:
        return None
    if match["rel"]:
        return clock.anchor.year + {"last": -1, "this": 0, "next": 1}[match["rel"].lower()]
    return clock.anchor.year if month <= clock.anchor.month or clock.tense == "future" else clock.anchor.year - 1


def _feast(match: re.Match[str], clock: Clock) -> Reading | None:
    name = re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))
    which = (match["which"] or "").lower()
    if match["year"]:
        return one_day(_feast_day(name, year_of(match["year"])), f"{name} of that year")
    if clock.anchor is None:
        return Reading("DATE", "XXXX", why="the year is not given; " + NO_ANCHOR)
    tense = {"last": "past", "next": "future"}.get(which, clock.tense)
    near = nearest_year(Clock(clock.anchor, tense), lambda year: _single(_feast_day(name, year)))
    return one_day(near[0] if near else None, f"{name} nearest to the publication")


def _feast_day(name: str, year: int) -> date | None:
    if name in _FIXED_FEASTS:
        return day(year, *_FIXED_FEASTS[name])
    if name in _MOVING_FEASTS:
        return nth_weekday(year, *_MOVING_FEASTS[name])
    sunday = easter(year)
    return date.fromordinal(sunday.toordinal() + _EASTER_FEASTS[name]) if sunday else None


def _month_day(weekday: str) -> str:
    month_first = rf"(?P<month>{w.MONTH})\s*(?:the\s+)?(?P<day>{w.DAY})"
    return rf"{weekday}(?:last\s+)?{month_first}(?:(?:,\s*|\s+)(?P<year>{w.YEAR}))?"


_WEEKDAY = rf"(?:{w.WEEKDAY_SHORT},?\s+(?:the\s+)?)?"
_TIME = rf"(?:,?\s+(?:at\s+)?(?P<clock>{w.CLOCK}))?"
_TO = r"\s*(?:-|–|—|to|and|through|until)\s*"
_FEASTS = w.among([f.replace("'", "['’]") for f in (*_FIXED_FEASTS, *_EASTER_FEASTS, *_MOVING_FEASTS)])
_RELATIVE_YEAR = r"(?P<rel>last|this|next|that|the (?:same|following|previous))\s+year"
_OF_YEAR = rf"(?:,?\s+(?:(?:of|in)\s+)?(?:(?P<year>{w.YEAR})|{_RELATIVE_YEAR}))?"
# "1992 protests" names a year, "1992 soldiers" a count, "1500 homes" too.
_COUNTED = (
    "people|men|women|children|civilians|soldiers|troops|policemen|officers|fighters|militants|rebels|refugees|"
    "families|homes|houses|villages|prisoners|detainees|victims|deaths|dead|injured|wounded|casualties|workers|"
    "students|protesters|demonstrators|migrants|bodies|dollars|pounds|euros|rupees|miles|kilomet(?:er|re)s|km|"
    "met(?:er|re)s|feet|acres|hectares|tons|tonnes|points|votes|seats|shares|times|others|more|of them"
)
_FIRM_YEAR = (
    rf"(?P<year>{w.YEAR})(?!\s+(?:{_COUNTED})\b)"
    r"(?!(?<=00|50)\s+[a-z]+s\b(?<!was)(?<!is)(?<!has)(?<!as)(?<!its)(?<!his))"
)
# "In his early 40s" is an age, "Jan Kavan" and "Mar Elias" are names.
_AGED = [
    f"{whose} {part}" for whose in ("his", "her", "my", "their") for part in ("", "early ", "mid ", "mid-", "late ")
]
_NO_AGE = "".join(rf"(?<!\b{words})" for words in _AGED)
_NO_NAME = r"(?!(?<=jan|mar)\s+(?-i:[A-Z]))"
_BEFORE_YEAR = r"(?<![$£€¥#.,/]\d)(?<![$£€¥#])(?<!No\. )(?<!\d[.,/ -])"

DATE_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:the\s+year\s+|(?P<month>{w.MONTH})\s+)?(?P<century>{w.CENTURY_NUMBER})\s+(?P<rest>{w.TENS_UNITS})",
        _spoken_year,
    ),
    rule(rf"(?:the\s+)?year\s+two thousand(?:\s+(?:and\s+)?(?P<rest>{w.among(list(UNITS)[1:])}))?", _round_year),
    rule(
        rf"(?P<vague>{w.VAGUE})?the\s+(?:nineteen\s+)?(?P<tens>twenties|thirties|forties|fifties|sixties|seventies|"
        r"eighties|nineties)",
        _spoken_decade,
    ),
    rule(
        rf"(?P<year>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})"
        rf"(?:[T ]+(?P<clock>\d{{2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?){w.ZONE})?",
        _iso,
    ),
    rule(r"(?P<year>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?P<clock>(?!))?", _iso),
    rule(r"(?P<year>\d{4})-(?P<m>0[1-9]|1[0-2])(?!-?\d)", _iso_month),
    rule(rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d{{2}}){_TIME}", _slashed),
    rule(_month_day(_WEEKDAY) + _TIME, _named),
    rule(
        _month_day(rf"(?:(?P<clock>{w.CLOCK})|(?P<part>midnight|noon|midday|dawn|dusk)),?\s+(?:on\s+)?{_WEEKDAY}"),
        _named,
    ),
    rule(
        rf"{_WEEKDAY}(?P<day>{w.DAY})\s+(?:of\s+)?(?P<month>{w.MONTH})(?:,?\s+(?P<year>{w.YEAR}))?{_TIME}",
        _named,
    ),
    rule(
        rf"(?P<month>{w.MONTH})\s+(?P<day>{w.DAY}){_TO}(?P<day2>{w.DAY})(?:,?\s+(?P<year>{w.YEAR}))?",
        _named_range,
    ),
    rule(
        rf"(?P<day>{w.DAY}){_TO}(?P<day2>{w.DAY})\s+(?P<month>{w.MONTH})(?:,?\s+(?P<year>{w.YEAR}))?",
        _named_range,
    ),
    rule(
        rf"(?P<vague>{w.VAGUE})?(?P<which>(?:last|next|this|this past|this coming|previous)\s+)?"
        rf"(?P<month>{w.MONTH}){_NO_NAME}(?:\s+['’](?P<short>\d\d))?{_OF_YEAR}",
        _month,
    ),
    rule(rf"(?P<vague>{w.VAGUE})?(?:(?:the\s+)?(?:fiscal|year)\s+)?{_BEFORE_YEAR}{_FIRM_YEAR}", _year),
    rule(rf"(?P<vague>{w.VAGUE})?(?:the\s+)?(?P<tens>(?:1\d|20)\d|{_NO_AGE}['’]?[3-9])0['’]?s", _decade),
    rule(rf"(?P<vague>{w.VAGUE})?(?:the\s+)?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{w.CENTURY_WORD})[\s-]+century", _century),
    rule(
        rf"(?P<vague>{w.VAGUE})?(?P<which>(?:last|this|next|this past|this coming|past|coming|the following)\s+)?"
        r"(?:the\s+)?"
        rf"(?P<season>spring|summer|autumn|winter)(?!\s+(?:Olympics|Games|offensive))(?:\s+(?:of\s+)?(?P<year>{w.YEAR}))?",
        _season,
    ),
    rule(
        rf"(?P<vague>{w.VAGUE})?(?:the\s+)?(?:(?P<which>(?:last|this|next|this past|this coming)\s+)(?P<season>fall)"
        rf"(?:\s+(?:of\s+)?(?P<year>{w.YEAR}))?)",
        _season,
    ),
    rule(
        rf"(?P<vague>{w.VAGUE})?(?P<which>(?!))?(?:in\s+)?(?:the\s+)?(?P<season>fall)\s+(?:of\s+)?(?P<year>{w.YEAR})",
        _season,
    ),
    rule(
        rf"(?:the\s+)?(?:(?:fiscal|full)\s+)?(?P<nth>{w.ORDINAL})(?:\s+fiscal)?[\s-]+(?P<unit>quarter|half)"
        rf"(?:\s+of)?(?:\s+(?:the\s+)?(?:fiscal\s+)?(?:(?P<year>{w.YEAR})|(?P<rel>last|this|next)\s+year))?",
        _quarter,
    ),
    rule(
        rf"(?:(?P<rel>last|this|next)\s+year|(?P<year>{w.YEAR}))['’]s\s+(?P<nth>{w.ORDINAL})[\s-]+(?P<unit>quarter|half)",
        _quarter,
    ),
    rule(rf"(?:(?P<which>last|this|next)\s+)?(?P<feast>{_FEASTS})(?:,?\s+(?P<year>{w.YEAR}))?", _feast),
)
