"""Rules for relative times: weekdays, "last month", "two days ago", "overnight", lengths, repetitions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.resolving import time_words as w
from dateline.resolving.days import (
    SEASONS,
    WEEKDAYS,
    Days,
    covering,
    iso_week,
    shift,
    shift_days,
    single_day,
    week_days,
)
from dateline.resolving.numbers import find_number
from dateline.resolving.time_dates import Rule, clock_code, month_number, part_code, rule
from dateline.resolving.time_periods import quarter_spoken, spoken_unit
from dateline.resolving.time_reading import (
    NO_ANCHOR,
    NO_REFERENCE,
    Clock,
    Reading,
    duration,
    moved,
    one_day,
    part_of,
    unit_around,
    unit_value,
)

_BACK = {"last", "past", "previous", "preceding", "latest", "recent"}
_AHEAD = {"next", "coming", "following", "upcoming", "ahead"}
_ON_REFERENCE = {"previous", "preceding", "following", "same", "that"}
# How far "recent weeks" or "the coming days" reach: to the next larger unit.
_REACH = {"hour": (1, "day"), "minute": (1, "day"), "day": (1, "week"), "week": (1, "month"), "month": (1, "year")}
_REACH |= {"quarter": (1, "year"), "year": (1, "decade"), "decade": (1, "century"), "century": (1, "century")}
_REACH |= {"second": (1, "day"), "fortnight": (1, "month")}


def _number(text: str) -> int | None:
    """ "two" → 2, "a" → 1, "several" → ``None``."""
    words = text.strip().lower()
    if words in ("a", "an", "one", "another", "1", ""):
        return 1
    if words in ("a couple of", "couple of", "a couple", "couple"):
        return 2
    if re.fullmatch(w.SOME, words):
        return None
    number = find_number(words)
    return number.value if number else None


def _weekday(match: re.Match[str], clock: Clock) -> Reading | None:
    groups = match.groupdict()
    number = WEEKDAYS[match["weekday"].lower().rstrip(".")]
    which = (groups.get("which") or "").lower().split()
    code = clock_code(groups.get("clock")) or part_code(groups.get("part"))
    if clock.anchor is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}", why=NO_ANCHOR)
    if groups.get("rel"):
        offset = {"last": -7, "this": 0, "next": 7}[match["rel"].lower()]
        monday = week_days(clock.anchor)[0]
        return one_day(shift_days(monday, offset + number), f"{match['rel']} week, from publication", code)
    found, why = _nearest_weekday(clock.anchor, number, which, clock)
    return one_day(found, why, code)


def _nearest_weekday(anchor: date, number: int, which: list[str], clock: Clock) -> tuple[date | None, str]:
    back, ahead = (anchor.weekday() - number) % 7, (number - anchor.weekday()) % 7
    name = anchor.isoformat()
    if "following" in which and clock.reference:
        start = clock.reference[1]
        return shift_days(start, (number - start.weekday() - 1) % 7 + 1), "after the day spoken of last"
    if _BACK & set(which) and "this" not in which:
        return shift_days(anchor, -(back or 7)), f"the last one before the publication on {name}"
    if _AHEAD & set(which):
        return shift_days(anchor, ahead or 7), f"the next one after the publication on {name}"
    if clock.tense in ("future", "present") and "past" not in which:
        return shift_days(anchor, ahead), f"the first one from the publication on {name} on"
    return shift_days(anchor, -back), f"the last one up to the publication on {name}"


def _deictic(match: re.Match[str], clock: Clock) -> Reading | None:
    words = match["day"].lower()
    offset = -2 if "before yesterday" in words else 2 if "after tomorrow" in words else 0
    if not offset:
        offset = -1 if words == "yesterday" else 1 if words == "tomorrow" else 0
    if clock.anchor is None:
        return Reading("DATE", "XXXX-XX-XX", why=NO_ANCHOR)
    code = "NI" if words == "tonight" else clock_code(match["clock"]) or part_code(match["part"] or match["part2"])
    return one_day(shift_days(clock.anchor, offset), f"counted from the publication on {clock.anchor}", code)


def _this_part(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "this morning", "last night", "that night", "the next morning", "overnight"."""
    words = match[0].lower()
    code = part_code(words) or "NI"
    if _NEXT.match(words):
        return _that_part(code, clock, 1)
    if clock.anchor is None and not (clock.reference and "that" in words):
        return Reading("TIME", "XXXX-XX-XXTNI", why=NO_ANCHOR)
    if re.match(r"(?:early |late |earlier |later )?(?:that|the same)\b", words):
        return _that_part(code, clock)
    assert clock.anchor is not None
    before = shift_days(clock.anchor, -1) or clock.anchor
    if "overnight" in words or "past midnight" in words or "early hours" in words or "after midnight" in words:
        start = clock.anchor if clock.tense == "future" else before
        days = (start, shift_days(start, 1) or start)
        return Reading("TIME", f"{days[0].isoformat()}TNI", days, "day", "the night to the day of publication")
    return one_day(
        before if re.search(r"\blast\b", words) else clock.anchor, f"from the publication on {clock.anchor}", code
    )


_NEXT = re.compile(r"the (?:next|following) ")


def _that_part(code: str, clock: Clock, ahead: int = 0) -> Reading:
    """A part of the day spoken of last, or of the one after it."""
    spoken = single_day(clock.reference)
    spoken = shift_days(spoken, ahead) if spoken else None
    if spoken is None:
        return Reading("TIME", f"XXXX-XX-XXT{code}", why=NO_REFERENCE)
    reading = one_day(spoken, "on the day spoken of last", code)
    return replace(reading, days=(spoken, shift_days(spoken, 1) or spoken)) if code == "NI" else reading


def _unit(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "last week", "this month", "earlier this year", "the following day"."""
    unit, which = w.unit_of(match["unit"]), match["which"].lower().split()[-1]
    on_reference = which in _ON_REFERENCE or (which == "next" and unit == "day")
    if unit in ("decade", "century") and "past" in match["which"].lower():
        return duration(1, unit)
    spoken = spoken_unit(clock, unit) if unit == "quarter" and which == "this" else None
    origin = spoken or (clock.reference[1] if on_reference and clock.reference else clock.anchor)
    offset = -1 if which in _BACK else 1 if which in _AHEAD else 0
    start = shift(origin, offset, unit) if origin else None
    if start is None:
        return Reading("DATE", "XXXX", None, unit, NO_ANCHOR)
    why = f"{which} {unit}, counted from {origin}"
    reading = one_day(start, why) if unit == "day" else unit_around(start, unit, why)
    if on_reference and (clock.reference is None or (unit == "day" and single_day(clock.reference) is None)):
        return replace(reading, days=None, why=NO_REFERENCE)
    return _qualified(reading, match["vague"], clock)


def _qualified(reading: Reading, vague: str | None, clock: Clock) -> Reading:
    """ "earlier this month" ends at publication, "later this month" begins there; "early next week" is its start."""
    if not vague or not reading.days:
        return reading
    word, (first, last) = vague.lower().split()[0], reading.days
    why = f"{reading.why}; {vague.lower().strip()} part"
    if clock.anchor and first <= clock.anchor <= last and word in ("earlier", "later"):
        days = (first, clock.anchor) if word == "earlier" else (clock.anchor, last)
        return replace(reading, days=days, precision=f"part of {reading.precision}", why=why)
    return replace(reading, days=part_of(reading.days, vague), precision=f"part of {reading.precision}", why=why)


def _weekend(match: re.Match[str], clock: Clock) -> Reading | None:
    if clock.anchor is None:
        return Reading("DATE", "XXXX-WXX-WE", precision="weekend", why=NO_ANCHOR)
    which = (match["which"] or "").lower()
    monday = week_days(clock.anchor)[0]
    ahead = "next" in which or "coming" in which or clock.tense == "future" or clock.anchor.weekday() >= 5
    back = "last" in which or "past" in which
    saturday = shift_days(monday, 5 if (ahead and not back) or "this" in which else -2) or monday
    if "this" in which and clock.tense == "past" and clock.anchor.weekday() < 3:
        saturday = shift_days(monday, -2) or monday
    days = (saturday, shift_days(saturday, 1) or saturday)
    return Reading(
        "DATE", f"{iso_week(saturday)}-WE", days, "weekend", f"the weekend by the publication on {clock.anchor}"
    )


def shifted(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "two days ago", "a week earlier", "three months later", "two years from now"."""
    unit, way = w.unit_of(match["unit"]), match["way"].lower()
    number = _number(match["number"])
    from_anchor = way in ("ago", "from now", "hence", "back")
    ahead = way in ("later", "after", "from now", "hence", "on") and not (way == "after" and clock.clause)
    base = _point(clock.anchor) if from_anchor else clock.reference
    if unit == "year" and number == 1 and spoken_unit(clock, "quarter") and (quarter := quarter_spoken(clock)):
        base = covering(quarter, "quarter")  # results are compared quarter by quarter
    origin = base or _point(clock.anchor)
    if number is None:
        return replace(duration(None, unit), kind="DATE", value="FUTURE_REF" if ahead else "PAST_REF")
    if unit in ("hour", "minute", "second") and number > 48:
        number, unit = (number // 24 if unit == "hour" else 0), "day"
    if origin is None:
        return Reading("DATE", "XXXX-XX-XX", None, unit, NO_ANCHOR if from_anchor else NO_REFERENCE)
    if not from_anchor and unit in ("day", "hour", "minute", "second") and single_day(origin) is None:
        return Reading("DATE", "XXXX-XX-XX", None, unit, NO_REFERENCE)
    reading = moved(origin, number if ahead else -number, unit, f"{match[0]}, counted from {origin[0]}")
    return reading if base else replace(reading, days=None, why=NO_ANCHOR if from_anchor else NO_REFERENCE)


def _point(found: date | None) -> Days | None:
    return (found, found) if found else None


def _moments_later(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "hours later", "later in the day", "the same day", "minutes earlier": the day spoken of last."""
    spoken = single_day(clock.reference)
    if spoken is None:
        value = clock.anchor.isoformat() if clock.anchor else "XXXX-XX-XX"
        return Reading("DATE", value, None, "day", NO_REFERENCE)
    return one_day(spoken, "the day spoken of last")


def _window(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the past two weeks", "the next few days", "recent months", "the first nine months"."""
    unit, which = w.unit_of(match["unit"]), match["which"].lower()
    number = _number(match["number"]) if match["number"] else None
    plural = match["unit"].lower().endswith("s")
    length = duration(number if number or plural else 1, unit)
    if which in ("first", "initial", "final", "opening"):
        return length
    ahead = which in _AHEAD
    origin = clock.anchor or (clock.reference[1] if clock.reference and ahead else None)
    if origin is None:
        return replace(length, why=NO_ANCHOR)
    reach, coarse = (length.number, unit) if length.number else _REACH[unit]
    end = shift(origin, (reach or 1) * (1 if ahead else -1), coarse)
    days = (min(end, origin), max(end, origin)) if end else None
    return replace(length, days=days, why=f"{match[0]}, counted from {origin}")


def _length(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "three weeks", "a year", "two-day", "weeks"."""
    quantity = match.groupdict().get("number")
    return length_of(quantity, w.unit_of(match["unit"]))


def length_of(quantity: str | None, unit: str) -> Reading:
    """The length that the words for a number ("three", "several") and a unit tell."""
    return duration(_number(quantity) if quantity else None, unit)


def _one_long(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "month-long", "week-old"."""
    return duration(1, match["unit"].lower())


_HALVES = {"hour": "30M", "year": "6M"}


def _and_half(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "5 1/2 hours", "two and a half years"."""
    unit, number = w.unit_of(match["unit"]), _number(match["number"])
    whole_part = duration(number, unit)
    half = _HALVES.get(unit)
    value = whole_part.value + half if half else f"P{number}.5{whole_part.value[-1]}"
    return replace(whole_part, value=value)


def repeated(match: re.Match[str], clock: Clock) -> Reading | None:
    words = match[0].lower()
    names = {"hour": "PT1H", "dai": "P1D", "nightly": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M"}
    names |= {"annual": "P1Y", "year": "P1Y", "day": "P1D", "night": "P1D", "decade": "P1E"}
    weekday, month = re.search(w.WEEKDAY, match[0], re.I), re.search(rf"\b{w.MONTH}$", match[0], re.I)
    season = next((code for name, (_, code) in SEASONS.items() if words.endswith(f" {name}")), "")
    if month or season:
        value = f"XXXX-{season}" if season else f"XXXX-{month_number(match[0].split()[-1]):02d}"
    elif weekday:
        value = f"XXXX-WXX-{WEEKDAYS[weekday[0].lower()] + 1}"
    else:
        value = next((v for k, v in names.items() if k in words), "P1D")
    return Reading("SET", value, why="happens again and again: no one day")


def _vague_reference(value: str, why: str) -> Reading:
    return Reading("DATE", value, None, "vague", why)


def _present(match: re.Match[str], clock: Clock) -> Reading | None:
    if clock.anchor is None:
        return _vague_reference("PRESENT_REF", NO_ANCHOR)
    return Reading("DATE", "PRESENT_REF", _point(clock.anchor), "day", "the day of publication")


def vague_past(match: re.Match[str], clock: Clock) -> Reading | None:
    return _vague_reference("PAST_REF", "some time ago, when is not said")


def vague_future(match: re.Match[str], clock: Clock) -> Reading | None:
    return _vague_reference("FUTURE_REF", "some time ahead, when is not said")


def _clock_time(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "16:08", "noon": on the day spoken of last, else that of publication."""
    code, spoken = clock_code(match["clock"]) or part_code(match[0]), single_day(clock.reference)
    if spoken is None and clock.anchor is None:
        return Reading("TIME", f"XXXX-XX-XXT{code}", why=NO_ANCHOR)
    why = "a time on the day spoken of last" if spoken else "a time on the day of publication"
    return one_day(spoken or clock.anchor, why, code)


def _the_unit(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the year", "the quarter": the one spoken of last, else the one that publication lies in."""
    unit = w.unit_of(match["unit"])
    if unit == "quarter" and not match["vague"] and (told := quarter_spoken(clock)):
        return unit_around(told, unit, "the last quarter ended or spoken of")
    if clock.anchor is None:
        return Reading("DATE", "XXXX", None, unit, NO_ANCHOR)
    days = covering(clock.anchor, unit)
    return _qualified(
        Reading("DATE", unit_value(clock.anchor, unit), days, unit, f"the {unit} of the publication"),
        match["vague"],
        clock,
    )


QUANTITY = rf"(?:{w.NUMBER}|{w.SOME}|an?|half an?)"
_PARTS = rf"(?:\s+(?:in the\s+|at\s+)?(?P<part>{w.PART}))?"
_CLOCK_FIRST = rf"(?:(?P<clock>{w.CLOCK})|(?P<part>{w.PART}|mid-afternoon|mid-morning))[,\s]+(?:on\s+|of\s+)?"
_WHICH = (
    r"(?:last|next|this|past|the past|the last|the next|the coming|the following|the previous|the preceding|"
    r"the current|current|that|that same|the same|the very same|coming|previous|following|the latest|upcoming|"
    r"late last)"
)

RELATIVE_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:late\s+)?(?:(?P<which>last|next|this|this past|this coming|past|coming|"
        rf"the following|the previous)\s+)?(?P<weekday>{w.WEEKDAY})(?:\s+(?P<rel>last|next|this)\s+week)?{_PARTS}",
        _weekday,
    ),
    rule(rf"{_CLOCK_FIRST}(?:(?P<which>last|next|this)\s+)?(?P<weekday>{w.WEEKDAY})", _weekday),
    rule(rf"(?P<weekday>{w.WEEKDAY}),?\s+(?:at\s+)?(?P<clock>{w.CLOCK})", _weekday),
    rule(
        rf"(?:(?:early|late|earlier|later)\s+)?(?:(?P<clock>{w.CLOCK})\s+|(?P<part2>{w.PART}|mid-afternoon)\s+)?"
        rf"(?P<day>(?:the\s+)?day before yesterday|(?:the\s+)?day after tomorrow|today|yesterday|tomorrow|tonight)"
        rf"(?:\s+(?P<part>{w.PART}))?",
        _deictic,
    ),
    rule(
        r"(?:(?:early|late|earlier|later)\s+)?(?:this|last|that(?:\s+same)?|the same)\s+(?:very\s+)?"
        r"(?:morning|afternoon|evening|night)|the\s+(?:next|following)\s+(?:morning|afternoon|evening|night)|overnight|"
        r"(?:just\s+)?(?:past|after) midnight|"
        r"(?:in\s+)?the early hours(?:\s+of the (?:morning|day))?",
        _this_part,
    ),
    rule(rf"(?P<vague>{w.VAGUE})?(?P<which>{_WHICH})\s+(?P<unit>{w.LONG_UNIT})", _unit),
    rule(
        r"(?:(?P<which>last|next|this|this past|this coming|the past|the last|the coming)\s+|the\s+)weekend", _weekend
    ),
    rule(
        rf"{w.APPROX}(?:the\s+)?(?P<number>{QUANTITY})\s+(?:more\s+|full\s+|short\s+)?(?P<unit>{w.UNIT}s?|centuries)\s+"
        r"(?:or\s+(?:so|two|more)\s+)?(?P<way>ago|earlier|later|from now|hence|back)",
        shifted,
    ),
    rule(
        r"(?:hours?|minutes|moments|shortly|a few hours|several hours|later)\s+(?:later|earlier|before|after(?:wards)?|"
        r"(?:that|in the|the same|on the same) day)|(?:that|the)(?:\s+very)? same day|that day",
        _moments_later,
    ),
    rule(
        rf"(?:at least\s+|each of\s+)?(?:the\s+|these\s+)?(?P<which>past|last|next|coming|recent|following|first|final|"
        rf"previous|latest|opening|upcoming|preceding)\s+(?:(?P<number>{w.NUMBER}|{w.SOME})[\s-]+)?"
        rf"(?P<unit>{w.LONG_PLURAL}|hours?)",
        _window,
    ),
    rule(
        rf"{w.APPROX}(?:the\s+)?(?P<number>{QUANTITY})\s+(?:more\s+|additional\s+|full\s+|straight\s+|consecutive\s+|"
        rf"successive\s+|extra\s+|trading\s+|business\s+|whole\s+)?(?P<unit>{w.UNIT}s?|centuries)(?:[\s-]+long)?"
        r"(?!\s+(?:ago|earlier|later)\b|[\s-]+olds?\b)",
        _length,
    ),
    rule(rf"(?P<number>{QUANTITY})-(?P<unit>(?!quarters){w.UNIT}s?)(?:-long)?(?!-?old| old)", _length),
    rule(r"(?P<unit>days|weeks|months|years|decades|centuries)-(?:long|old)", _length),
    rule(r"(?P<unit>day|week|month|year|decade)-(?:long|old)", _one_long),
    rule(
        rf"(?P<number>\d+|{w.WORD_NUMBER})(?:\s+1/2|½|[\s-]and[\s-]a[\s-]half)[\s-]+(?P<unit>hour|day|week|month|year)s?",
        _and_half,
    ),
    rule(rf"(?:(?<=for )|(?<=in )|(?<=over )|(?<=within )|(?<![\s\S]))(?P<unit>{w.LONG_PLURAL})", _length),
    rule(
        rf"daily|(?:each|every)\s+(?:{w.MONTH}|{w.SEASON})|every\s+(?:other\s+)?(?:{w.UNIT}|night|morning|"
        rf"{w.WEEKDAY}|{w.NUMBER}\s+{w.UNITS_PLURAL})|each\s+(?:{w.LONG_UNIT}|night|{w.WEEKDAY})|{w.WEEKDAY}s",
        repeated,
    ),
    rule(r"now|nowadays|these days|currently|current|at present|presently|at (?:this|the) moment|right now", _present),
    rule(r"recently|the past|lately", vague_past),
    rule(r"the (?:near |foreseeable )?future", vague_future),
    rule(rf"(?P<clock>{w.CLOCK})|noon|midnight|midday", _clock_time),
    rule(rf"(?P<vague>{w.VAGUE})?the\s+(?P<unit>year|quarter|month|week|decade|century)", _the_unit),
)
