"""Printed points in time to ISO 8601: "Jul 27, 2021, 04:08 PM IST" is 2021-07-27T16:08+05:30."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.records import Stamp

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"{_YEAR}-(?P<num>\d{{2}})-{_DAY}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}(?P<month>{MONTH})\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}(?:\s+|-)(?P<month>{MONTH}),?(?:\s+|-){_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}/(?P<num>\d{{1,2}})/{_DAY}"),
    re.compile(rf"(?P<day>\d{{1,2}})[./](?P<num>\d{{1,2}})[./]{_YEAR}"),
)
# Offsets in minutes, or the IANA zone where an abbreviation covers summer and winter time.
_ZONES: dict[str, int | str] = {
    "z": 0, "gmt": 0, "utc": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "sast": 120,
    "cat": 120, "wat": 60, "eat": 180, "msk": 180, "trt": 180, "ast": 180, "gst": 240, "irst": 210, "aft": 270,
    "pkt": 300, "ist": 330, "npt": 345, "mmt": 390, "ict": 420, "wib": 420, "sgt": 480, "hkt": 480, "pht": 480,
    "myt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "uk": "Europe/London",
}  # fmt: skip
_ZONES_OF_COUNTRY = {("ist", "il"): "Asia/Jerusalem", ("ist", "ie"): "Europe/Dublin", ("bst", "bd"): "Asia/Dhaka",
                     ("cst", "cn"): "Asia/Shanghai", ("pst", "ph"): "Asia/Manila"}  # fmt: skip
_ZONE = rf"(?:Z\b|(?:GMT|UTC)?\s?[+-]\d{{1,2}}(?::?\d\d)?\b|(?:{'|'.join(_ZONES)})\b)"
_HALF = r"[ap]\.?m\b\.?"
_CLOCK = re.compile(
    r"(?:[T,|\s-]|\bat\b|\bon\b|·){0,6}(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?"
    rf"(?:\s*(?P<half>{_HALF}))?(?:\s*\(?(?P<zone>{_ZONE})\)?)?",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:[:.]?(?P<minute>\d\d)(?=\s*{_ZONE})|[:.](?P<minute2>\d\d))(?:\s*(?P<half>{_HALF}))?"
    rf"(?:\s*(?P<zone>{_ZONE}))?(?:\s*\([\w: ]{{4,14}}\))?(?:[\s,|-]|\bon\b){{0,6}}$",
    re.IGNORECASE,
)
_REACH = 48
_FILLER = re.compile(r"\b(?:on|at|of|local time|hrs|hours)\b", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_-]|$)", re.IGNORECASE)


def cut_stamp(text: str, how: str, *, top_level: str | None = None) -> tuple[Stamp | None, str]:
    """The first date printed in ``text``, with its clock and zone beside it, and what else stands there.

    ``None`` when no date is valid. ``top_level`` is the outlet's country domain (``in``, ``il``): it decides
    abbreviations such as IST. 09.08.2021 is the 9th of August; 03/04/2021, which may be read both ways, is not read.
    """
    match, day = _first_date(text)
    if match is None or day is None:
        return None, text
    clock, start, end = _CLOCK.match(text, match.end()), match.start(), match.end()
    if clock is not None:
        end = clock.end()
    else:
        clock = _CLOCK_BEFORE.search(text, max(0, start - _REACH), start)
        start = clock.start() if clock else start
    moment = _with_clock(day, clock, top_level) if clock else None
    rest = _FILLER.sub(" ", f"{text[:start]} {text[end:]}").strip(" ,;:.|()[]-–—·•/")
    value = moment.isoformat(timespec="minutes") if moment else day.isoformat()
    return Stamp(value, how, text.strip()[:120]), rest


def read_machine_stamp(text: str, how: str) -> Stamp | None:
    """A date as machines write it (ISO 8601, RFC 2822), else as people print it."""
    raw = text.strip()[:120]
    try:
        found = datetime.fromisoformat(raw)
        dated = len(raw) <= 10 or ("T" not in raw and " " not in raw)
        return Stamp(found.date().isoformat() if dated else found.isoformat(timespec="minutes"), how, raw)
    except (ValueError, OverflowError):
        pass
    try:
        return Stamp(parsedate_to_datetime(raw).isoformat(timespec="minutes"), how, raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return cut_stamp(raw, how)[0]


def read_url_stamp(url: str) -> Stamp | None:
    """The day in an address such as ``/2021/07/27/``."""
    match = _URL_DATE.search(url)
    if not match:
        return None
    month = match[2].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
    day = _day(int(match[1]), number, int(match[3]))
    return Stamp(day.isoformat(), "url", match[0].strip("/")) if day else None


def day_near(month: str, day: int, year: int | None, anchor: str | None) -> date | None:
    """A day of a month; without a year, in the year that brings it nearest to ``anchor`` (ISO), else ``None``."""
    number = month_number(month)
    if year is not None:
        return _day(year, number, day)
    try:
        base = date.fromisoformat((anchor or "")[:10])
    except ValueError:
        return None
    days = [found for y in (base.year - 1, base.year, base.year + 1) if (found := _day(y, number, day))]
    return min(days, key=lambda d: abs((d - base).days), default=None)


def month_number(name: str) -> int:
    """1 to 12 of an English month name or its abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def _first_date(text: str) -> tuple[re.Match[str] | None, date | None]:
    for pattern in _DATES:
        match = pattern.search(text)
        day = _day_of(match) if match else None
        if day is not None:
            return match, day
    return None, None


def _day_of(match: re.Match[str]) -> date | None:
    named = match.groupdict()
    day, year = int(named["day"]), int(named["year"])
    if named.get("month"):
        return _day(year, month_number(named["month"]), day)
    number = int(named["num"])
    if match.re is _DATES[-1] and "/" in match[0] and day <= 12 and number <= 12 and day != number:
        return None
    if match.re is _DATES[-1] and number > 12:
        day, number = number, day
    return _day(year, number, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_clock(day: date, clock: re.Match[str], top_level: str | None) -> datetime | None:
    named = clock.groupdict()
    hour, minute = int(named["hour"]), int(named["minute"] or named.get("minute2") or 0)
    half = (named["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute)
    except ValueError:
        return None
    zone = _zone((named["zone"] or "").lower(), top_level)
    return moment.replace(tzinfo=zone) if zone else moment


def _zone(name: str, top_level: str | None) -> tzinfo | None:
    offset = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d{2})?", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes < 1440 else None
    known = _ZONES_OF_COUNTRY.get((name, (top_level or "").lower())) or _ZONES.get(name)
    if isinstance(known, int):
        return timezone(timedelta(minutes=known))
    try:
        return ZoneInfo(known) if known else None
    except ZoneInfoNotFoundError:
        return None
