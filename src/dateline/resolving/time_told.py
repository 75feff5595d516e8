"""Rules for words that date only by the time spoken of before them: "before dawn", "the day before", "the ninth day".

They are read where a span is given and not looked for, since as often as not they date nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.resolving import time_words as w
from dateline.resolving.days import shift, shift_days, single_day
from dateline.resolving.time_dates import Rule, part_code, rule
from dateline.resolving.time_reading import NO_REFERENCE, Clock, Reading, duration, one_day, unit_around
from dateline.resolving.time_relative import QUANTITY, length_of, repeated, shifted, vague_future, vague_past

# Longer than this, the time spoken of last does not say on which day its evening was.
_MONTH = 31


def _part(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "in the afternoon", "before dawn", "through the night": of the day spoken of last."""
    code, spoken = part_code(match[0]) or "NI", single_day(clock.reference)
    if spoken is None:
        return Reading("TIME", f"XXXX-XX-XXT{code}", why=NO_REFERENCE)
    reading = one_day(spoken, "a part of the day spoken of last", code)
    return replace(reading, days=(spoken, shift_days(spoken, 1) or spoken)) if code == "NI" else reading


def _part_before(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the evening before", "the day before", "the week after": one unit from the time spoken of last."""
    unit, ahead = match["unit"].lower(), match["way"].lower() == "after"
    code = part_code(unit)
    whole = "day" if code or unit == "day" else unit
    base = clock.reference if clock.reference and (whole != "day" or single_day(clock.reference)) else None
    start = shift(base[1], 1 if ahead else -1, whole) if base else None
    if start is None:
        return Reading("DATE", "XXXX-XX-XX", None, whole, NO_REFERENCE)
    why = f"the {unit} {match['way']}, counted from {base[1] if base else start}"
    return one_day(start, why, code) if whole == "day" else unit_around(start, whole, why)


def _hours(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "within hours", "for half an hour", "at once": the day spoken of last, or the stretch up to a month."""
    spoken = clock.reference
    if spoken is None or (spoken[1] - spoken[0]).days > _MONTH:
        return Reading("TIME", "PTXH", None, "hour", NO_REFERENCE)
    return Reading("TIME", "PTXH", spoken, "day", "some hours of the time spoken of last")


def _nth(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "the ninth day", "for the third week running", "day 81": from the first to the one spoken of last."""
    unit = {"night": "day"}.get(match["unit"].lower(), match["unit"].lower())
    number = int(match["figure"]) if match["figure"] else w.ordinal(match["nth"])
    last = single_day(clock.reference) or clock.anchor
    if last is None:
        return Reading("DURATION", "PXD", None, unit, NO_REFERENCE)
    first = shift(last, -(number - 1), unit) if 0 < number < 10_000 else None
    if first is None:
        return None
    return Reading("DURATION", duration(number, unit).value, (first, last), unit, f"the {number} {unit}s up to {last}")


def _nights(match: re.Match[str], clock: Clock) -> Reading | None:
    """ "three nights", "two mornings": as many days."""
    return length_of(match["number"], "day")


_PARTS = rf"(?:{w.PART}|nightfall|sunset|sundown|sunrise|first light|night|day)"
FAINT_RULES: tuple[Rule, ...] = (
    rule(
        rf"{w.APPROX}(?P<number>{QUANTITY})[\s-]+(?P<unit>{w.UNIT}s?|centuries)\s+"
        r"(?P<way>before|after|prior|previously|on)",
        shifted,
    ),
    rule(
        r"the\s+(?:very\s+)?(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<way>before|after)", _part_before
    ),
    rule(rf"(?:the\s+|all\s+|that\s+|a\s+)?(?:very\s+)?{_PARTS}", _part),
    rule(r"(?:within|in)\s+(?:the hour|hours|minutes)|(?:half|quarter of) an hour(?:\s+(?:later|earlier))?", _hours),
    rule(
        rf"(?:(?P<nth>{w.ORDINALS_TO_99})\s+(?:straight\s+|consecutive\s+|successive\s+|full\s+)?"
        r"(?P<unit>day|night|week|month|year))(?P<figure>(?!))?",
        _nth,
    ),
    rule(r"(?P<nth>(?!))?(?P<unit>day)\s+(?P<figure>\d{1,4})", _nth),
    rule(rf"{w.APPROX}(?P<number>{QUANTITY})\s+(?:more\s+)?(?:nights|mornings|evenings)", _nights),
    rule(r"hourly|nightly|weekly|monthly|quarterly|annually|yearly", repeated),
    rule(r"recent|previously|formerly|earlier|once", vague_past),
    rule(r"soon|shortly|later|future", vague_future),
)
