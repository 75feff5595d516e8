"""Counts of people and things: "at least 46 soldiers" → killed, 46 or more.

Bounds are what the words commit to: "more than 200" is 200 or more, "fewer than 20" at most 19, "dozens" 24 or more,
"nearly 7 million" at most 7 million, "about 50" exactly 50 (an estimate is still the figure reported).
"""

from __future__ import annotations

import re

from dateline.records import Count, Span
from dateline.resolving.count_kinds import kind_of
from dateline.resolving.numbers import Number, find_number

_LEFT = 40
_AT_LEAST = re.compile(
    r"\b(?:at least|(?:no|not) (?:fewer|less) than|more than|(?<!handed )(?<!hand )(?<!taken )over|above|upwards? of|"
    r"in excess of|exceed(?:s|ed|ing)|(?:a )?minimum(?: of)?|passed|surpassed|topped)[\s(]*$",
    re.I,
)
_AT_MOST = re.compile(
    r"\b(?:up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|nearly|almost|"
    r"close to|just under|approaching)[\s(]*$",
    re.I,
)
_BELOW = re.compile(r"(?<!\bno )(?<!\bnot )\b(?:fewer than|less than|under|below)[\s(]*$", re.I)
_OR_MORE = re.compile(r"\s*(?:\+|plus\b|or (?:even )?more\b|and counting\b|upwards\b)", re.I)
_OR_LESS = re.compile(r"\s*or (?:fewer|less)\b", re.I)
_AND = re.compile(r"\s*(?:[-–—]|to|and|or)\s*$", re.I)
_BETWEEN = re.compile(r"\b(?:between|from)\s*$", re.I)
_AGE = re.compile(r"[-\s]*(?:year|month|day|week)s?[-\s]*old|[-\s]years?\b|(?:st|nd|rd|th)\b|[-\s]*hours?\b", re.I)
_AGED = re.compile(
    r"\b(?:aged?|since|in|(?:man|woman|boy|girl|youth|child|age|summer|autumn|winter|spring) of|No\.?)\s*$"
)
_NONE = re.compile(r"\b(?:nobody|no[- ]?one|none|no)\b", re.I)
_BOTH = re.compile(r"\bboth\b|\ba pair\b|\btwins?\b", re.I)
_TIMES = re.compile(r"\s*twice\b(?!\s+as\b)", re.I)
_ARTICLE = re.compile(r"^\s*(?:an?|another|one more)\b", re.I)
_CURRENCY = re.compile(r"(?:\b[A-Z]{1,3})?[£$€¥₹₽]\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CUT = re.compile(r",|\b(?:of|in|at|from|with|who|which|that|on|for|by|near)\b", re.I)
_COLLECTIVE = """
    people men women children policemen servicemen gunmen militiamen fishermen clergymen tribesmen troops police
    personnel staff crew cattle clergy family group crowd army unit force team squad gang public population community
    minority majority infantry cavalry youth press media opposition data number
"""
_MANY = frozenset(_COLLECTIVE.split())
Bounds = tuple[int | None, int | None]


def read_count(
    span: Span, trigger: Span, text: str, mode: str | None = None, event_type: str | None = None
) -> Count | None:
    """How many, and of what, ``span`` counts in the event named by ``trigger``, of this PLOVER mode and type.

    ``text`` is the article's text. ``None`` when the span names no number ("civilians", "the army").
    """
    bounds = bounds_of(span, text)
    if bounds is None or bounds == (None, None):
        return None
    return Count(kind_of(span, trigger, text, mode, event_type), span.start, span.end, span.text, *bounds)


def bounds_of(span: Span, text: str) -> Bounds | None:
    """Low and high bound of the number that ``span`` states, an open end ``None``; ``None`` if it states none.

    Words just before the span that bear on its number ("at least", or the number itself) are taken into account.
    """
    left = _left_of(span, text)
    window, at = left + span.text, len(left)
    number = _first_number(window, at)
    if number is None:
        return (_adjacent(left) if _plural(_head(span.text)) else None) or _unnumbered(span.text)
    return _bounded(window, number)


def _left_of(span: Span, text: str) -> str:
    left = text[max(0, span.start - _LEFT) : span.start]
    return re.split(r"[.;:!?\n]\s", left)[-1]


def _first_number(window: str, at: int) -> Number | None:
    """The first number from ``at`` on that counts: no age, ordinal or bare article ("a" in "a 34-year-old")."""
    number = find_number(window, at)
    while number and (_AGE.match(window, number.end) or _AGED.search(window, at, number.start)):
        number = find_number(window, number.end)
    return number


def _adjacent(left: str) -> Bounds | None:
    """The number that ends right where the span begins ("46 " before "soldiers")."""
    at = 0
    while number := find_number(left, at):
        if not left[number.end :].strip():
            return _bounded(left, number)
        at = number.end
    return None


def _bounded(window: str, number: Number) -> Bounds:
    before, after = _CURRENCY.sub("", window[: number.start]), window[number.end :]
    second = _range_end(window, number)
    if second is not None:
        return _ordered(number.value, second.value)
    if _BELOW.search(before):
        return None, max(0, number.value - 1)
    if _AT_MOST.search(before) or _OR_LESS.match(after):
        return None, number.value
    if _AT_LEAST.search(before) or _OR_MORE.match(after) or number.open_end:
        return number.value, None
    return number.value, number.value


def _ordered(low: int, high: int) -> Bounds:
    """ "10 to 15 million": the scale of the second holds for the first."""
    for scale in (1_000_000_000, 1_000_000, 1_000):
        if high % scale == 0 and high >= scale and low < 1_000 and low < high // scale:
            return low * scale, high
    return (low, high) if low <= high else (low, low)


def _range_end(window: str, number: Number) -> Number | None:
    """The upper end of "between 10 and 15", "10-15", "two or three"; "and" joins only after "between"."""
    second = find_number(window, number.end)
    joint = window[number.end : second.start] if second else ""
    if second is None or not _AND.fullmatch(joint) or second.value < number.value:
        return None
    if "and" in joint.lower() and not _BETWEEN.search(window[: number.start]):
        return None
    return None if _AGE.match(window, second.end) else second


def _unnumbered(quote: str) -> Bounds | None:
    if _NONE.match(quote.strip()):
        return 0, 0
    if _BOTH.search(quote) or _TIMES.match(quote):
        return 2, 2
    if _ARTICLE.match(quote) and not _plural(_head(quote)):
        return 1, 1
    head = _head(quote)
    return (1, 1) if head and not _plural(head) else None


def _head(quote: str) -> str:
    """The head noun: the last word before a preposition or comma."""
    words: list[str] = _WORD.findall(_CUT.split(quote.strip(), maxsplit=1)[0])
    return words[-1].lower() if words else ""


def _plural(head: str) -> bool:
    if head in _MANY or not head:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s"))
