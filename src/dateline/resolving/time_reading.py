"""What the words of a time expression mean: a TIMEX3 value and, where it can be told, first and last day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dateline.resolving.days import Days, calendar_unit, covering, iso_week, shift, shift_days

_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q"}
_CODES |= {"year": "Y", "decade": "E", "century": "C", "fortnight": "W"}
_MULTIPLES = {"fortnight": 2, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words count from.

    ``anchor`` is the day of publication, ``reference`` the days spoken of last ("two days later" counts from them),
    ``tense`` past, present or future: which Wednesday "on Wednesday" is. ``clause``: what is dated comes in the clause
    that follows ("two days after the army shelled the town" dates the shelling, two days before the main event).
    """

    anchor: date | None
    tense: str = "past"
    reference: Days | None = None
    clause: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """``kind`` and ``value`` as in TimeML's TIMEX3; ``days`` the possible days, ``None`` with the reason in ``why``.

    A duration has its ``number`` (``None`` for "weeks") and ``unit``.
    """

    kind: str
    value: str
    days: Days | None = None
    precision: str = "day"
    why: str = ""
    number: int | None = None
    unit: str = ""


NO_ANCHOR = "relative to the day of publication, which is not known"
NO_REFERENCE = "counts from another happening whose day is not given"
NO_SUCH_DAY = "no such day in the calendar"


def one_day(found: date | None, why: str, part: str = "") -> Reading:
    """A single day, with the code of a part of the day ("MO", "16:00") where the words have one."""
    if found is None:
        return Reading("DATE", "XXXX-XX-XX", why=NO_SUCH_DAY)
    value = found.isoformat() + (f"T{part}" if part else "")
    return Reading("TIME" if part else "DATE", value, (found, found), "day", why)


def unit_around(inside: date | None, unit: str, why: str) -> Reading:
    """The calendar unit that a day lies in."""
    if inside is None:
        return Reading("DATE", "XXXX", why=NO_SUCH_DAY)
    return Reading("DATE", unit_value(inside, unit), covering(inside, unit), unit, why)


def unit_value(inside: date, unit: str) -> str:
    """The TIMEX3 value of a calendar unit: 2021, 2021-07, 2021-W30, 2021-Q3, 202, 20."""
    year = f"{inside.year:04d}"
    return {
        "week": iso_week(inside),
        "fortnight": iso_week(inside),
        "month": f"{year}-{inside.month:02d}",
        "quarter": f"{year}-Q{(inside.month - 1) // 3 + 1}",
        "year": year,
        "decade": f"{year[:3]}X",
        "century": year[:2],
    }.get(unit, inside.isoformat())


def duration(number: int | None, unit: str) -> Reading:
    """A length of time: PT3H, P2W, PXY where the number is not told."""
    time = "T" if unit in ("second", "minute", "hour") else ""
    count = "X" if number is None else str(number * _MULTIPLES.get(unit, 1))
    code = "Y" if number is not None and unit in ("decade", "century") else _CODES[unit]
    why = "a length of time" if number is not None else f"some {unit}s, how many is not said"
    return Reading("DURATION", f"P{time}{count}{code}", None, unit, why, number, unit)


def moved(start: Days, number: int, unit: str, why: str) -> Reading:
    """``start`` moved by units; from a day by months or years, the month or year is meant unless near."""
    first, last = shift(start[0], number, unit), shift(start[1], number, unit)
    if first is None or last is None:
        return Reading("DATE", "XXXX-XX-XX", why=NO_SUCH_DAY)
    if unit in ("second", "minute", "hour", "day"):
        return one_day(first, why) if first == last else Reading("DATE", first.isoformat(), (first, last), "day", why)
    finer = calendar_unit(start) if unit == "year" else ""
    if finer in ("month", "quarter"):  # a year before the third quarter is a quarter
        return unit_around(first, finer, why)
    if unit in ("decade", "century"):  # "a decade ago" is about that year
        return Reading("DATE", unit_value(first, "year"), _spread(first, last, "year"), "year", why)
    rounded = unit_around(first, unit, why)
    return replace(rounded, days=_spread(first, last, unit), precision=unit)


def _spread(first: date, last: date, unit: str) -> Days | None:
    """ "Six weeks ago" is no exact day: half a unit of play on either side, a whole unit where it is coarse."""
    if last > first:
        return first, last
    if unit in ("week", "fortnight"):
        return shift_days(first, -1) or first, shift_days(first, 1) or first
    return covering(first, unit)


_EDGES = ("beginning", "start", "end", "close", "outset", "turn")
_FIRST = ("early", "earlier", "beginning", "start", "outset", "first", "turn")


def part_of(days: Days, vague: str) -> Days:
    """The early, middle or late stretch of a period: thirds, or the first and last quarter for "start" and "end"."""
    first, last = days
    length, word = (last - first).days + 1, vague.lower()
    share = length // (2 if "half" in word else 4 if any(w in word for w in _EDGES) else 3)
    if "mid" in word:
        return shift_days(first, share) or first, shift_days(last, -share) or last
    if any(w in word for w in _FIRST):
        return first, shift_days(first, max(0, share - 1)) or first
    return shift_days(last, -max(0, share - 1)) or last, last
