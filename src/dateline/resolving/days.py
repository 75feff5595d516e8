"""Calendar arithmetic that never leaves the calendar: shifts by months, ISO weeks, seasons, movable feasts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_MONTHS = (
    *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august"),
    *("sep sept september", "oct october", "nov november", "dec december"),
)
_WEEKDAYS = (
    *("mon monday", "tue tues tuesday", "wed weds wednesday", "thu thur thurs thursday", "fri friday"),
    *("sat saturday", "sun sunday"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
# First month and TIMEX3 code of the meteorological seasons of the northern hemisphere.
SEASONS = {"spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "fall": (9, "FA"), "winter": (12, "WI")}
Days = tuple[date, date]


def day(year: int, month: int, number: int) -> date | None:
    """The date, or ``None`` when the calendar has no such day."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def shift_days(start: date, days: int) -> date | None:
    """``start`` moved by days, or ``None`` beyond the calendar (years 1 to 9999)."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(start: date, months: int) -> date | None:
    """``start`` moved by months, its day cut to the length of the month (31 January + 1 → 28 February)."""
    if abs(months) > 120_000:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def shift(start: date, number: int, unit: str) -> date | None:
    """``start`` moved by ``number`` units: hour day week month quarter year decade century (hours count as days)."""
    if abs(number) > 10_000_000:
        return None
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    if unit in months:
        return shift_months(start, number * months[unit])
    if unit in ("second", "minute", "hour"):
        per_day = {"second": 86_400, "minute": 1_440, "hour": 24}[unit]
        return shift_days(start, int(number / per_day))
    return shift_days(start, number * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 1))


def month_days(year: int, month: int) -> Days | None:
    """First and last day of a month; ``None`` beyond the calendar."""
    first = day(year, month, 1)
    return (first, first.replace(day=monthrange(year, month)[1])) if first else None


def months_days(year: int, month: int, length: int) -> Days | None:
    """First and last day of ``length`` months from the given one."""
    first = day(year, month, 1)
    after = shift_months(first, length - 1) if first else None
    last = month_days(after.year, after.month) if after else None
    return (first, last[1]) if first and last else None


def year_days(year: int, length: int = 1) -> Days | None:
    """First and last day of ``length`` years; ``None`` beyond the calendar."""
    first, last = day(year, 1, 1), day(year + length - 1, 12, 31)
    return (first, last) if first and last else None


def week_days(inside: date) -> Days:
    """Monday and Sunday of the ISO week around a day, cut at the ends of the calendar."""
    monday = shift_days(inside, -inside.weekday()) or date.min
    return monday, shift_days(monday, 6) or date.max


def season_days(year: int, season: str) -> Days | None:
    """First and last day of a season; winter of a year begins in its December."""
    return months_days(year, SEASONS[season][0], 3)


def covering(inside: date, unit: str) -> Days | None:
    """First and last day of the calendar unit (day week month quarter year decade century) around a day."""
    if unit == "week" or unit == "fortnight":
        return week_days(inside)
    if unit == "month":
        return month_days(inside.year, inside.month)
    if unit == "quarter":
        return months_days(inside.year, (inside.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return year_days(inside.year)
    if unit == "decade":
        return year_days(max(1, inside.year // 10 * 10), 10)
    if unit == "century":
        return year_days((inside.year - 1) // 100 * 100 + 1, 100)
    return inside, inside


def single_day(days: Days | None) -> date | None:
    """The day spoken of, where it was one day (or a night) and no longer time."""
    return days[1] if days and (days[1] - days[0]).days <= 1 else None


def calendar_unit(days: Days) -> str:
    """The calendar unit (month quarter year) whose first and last day ``days`` are; "" where they are none's."""
    return next((unit for unit in ("month", "quarter", "year") if covering(days[0], unit) == days), "")


def easter(year: int) -> date | None:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher); ``None`` before 1583."""
    if not 1583 <= year <= 9999:
        return None
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * r) // 433
    month = (h + r - 7 * m + 90) // 25
    return day(year, month, (h + r - 7 * m + 33 * month + 19) % 32)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th given weekday of a month (Thanksgiving: fourth Thursday of November)."""
    first = day(year, month, 1)
    return shift_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1)) if first else None


def iso_week(inside: date) -> str:
    """The ISO week as TIMEX3 writes it: 2021-W30."""
    year, week, _ = inside.isocalendar()
    return f"{year:04d}-W{week:02d}"
