"""Numbers in English words and digits: "46", "1,200", "2.5 million", "sixty-five", "two dozen", "tens of thousands"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_TO_NINETEEN = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TO_NINETY = """twenty thirty forty fifty sixty seventy eighty ninety"""
UNITS = {word: value for value, word in enumerate(_TO_NINETEEN.split())}
TENS = dict(zip(_TO_NINETY.split(), range(20, 100, 10), strict=True))
TENS["fourty"] = 40
# lakh and crore: the South Asian press counts in 10^5 and 10^7.
SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
# A plural without a number means at least two of the unit: "dozens" is 24 or more.
PLURALS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "lakhs": 100_000}
PLURALS |= {"millions": 1_000_000, "billions": 1_000_000_000, "crores": 10_000_000}

_TOKEN = re.compile(r"\d+(?:[.,   ]\d+)*|[A-Za-z]+|[^\sA-Za-z\d]")
_GROUPED = re.compile(r"\d{1,3}(?:[,.   ]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number read at ``start..end`` of a text: its value, and whether it is only a lower limit ("dozens")."""

    start: int
    end: int
    value: int
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def find_number(text: str, at: int = 0) -> Number | None:
    """The first number at or after ``at``, or ``None``. Ordinals, ages and years are read as the digits they are."""
    tokens = [_Token(m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text, at)]
    for i in range(len(tokens)):
        number = _digits(tokens, i) or _plural(tokens, i) or _article(tokens, i) or _words(tokens, i)
        if number:
            return number
    return None


def whole(digits: str) -> int | None:
    """The integer that digits stand for ("1,200", "1.200" → 1200); ``None`` for "2.5" or an absurd length."""
    value = _decimal(digits)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _decimal(digits: str) -> Decimal | None:
    if _GROUPED.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    digits = re.sub(r"[,   ]", "", digits)
    if len(digits) > _MAX_DIGITS:
        return None
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _scale(tokens: list[_Token], i: int) -> int | None:
    """The scale word at ``i``; one-letter scales only glued to digits, so that "5 m" stays metres."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if len(token.text) <= 2 and (i == 0 or tokens[i - 1].end != token.start):
        return None
    return SCALES.get(token.text)


def _scaled(tokens: list[_Token], i: int, value: Decimal) -> tuple[Decimal, int]:
    """``value`` times the scale words from ``i`` on ("hundred thousand"), and the index after them."""
    if i + 1 < len(tokens) and tokens[i].text == "-" and tokens[i + 1].text in SCALES:
        i += 1
    while (scale := _scale(tokens, i)) is not None:
        value, i = value * scale, i + 1
    return value, i


def _digits(tokens: list[_Token], i: int) -> Number | None:
    token = tokens[i]
    if not token.text[0].isdecimal():
        return None
    value = _decimal(token.text)
    if value is None:
        return None
    value, after = _scaled(tokens, i + 1, value)
    return _number(tokens, i, after, value)


def _number(tokens: list[_Token], i: int, after: int, value: Decimal, open_end: bool = False) -> Number | None:
    if value > 10**_MAX_DIGITS:
        return None
    return Number(tokens[i].start, tokens[after - 1].end, int(value), open_end)


def _plural(tokens: list[_Token], i: int) -> Number | None:
    """ "tens of thousands": twice the product of the units, open above."""
    value, after = Decimal(2), i
    while after < len(tokens) and tokens[after].text in PLURALS:
        value *= PLURALS[tokens[after].text]
        after += 2 if after + 2 < len(tokens) and tokens[after + 1].text == "of" else 1
    if after == i:
        return None
    if tokens[after - 1].text == "of":
        after -= 1
    return _number(tokens, i, after, value, open_end=True)


def _article(tokens: list[_Token], i: int) -> Number | None:
    """ "a dozen", "half a million", "a quarter of a million", "a couple", "a few hundred", "several thousand"."""
    for words, factor, open_end in _ARTICLES:
        after = i + len(words)
        if tuple(t.text for t in tokens[i:after]) != words:
            continue
        value, end = _scaled(tokens, after, factor)
        if open_end and end > after:  # "a few hundred" commits to two hundred, "a few" to three
            value = value / factor * 2
        if end > after or words in _STAND_ALONE:
            return _number(tokens, i, end, value, open_end)
    return None


_ARTICLES: tuple[tuple[tuple[str, ...], Decimal, bool], ...] = (
    (("a", "quarter", "of", "a"), Decimal("0.25"), False),
    (("half", "a"), Decimal("0.5"), False),
    (("a", "half"), Decimal("0.5"), False),
    (("a", "couple", "of"), Decimal(2), False),
    (("a", "couple"), Decimal(2), False),
    (("a", "pair", "of"), Decimal(2), False),
    (("a", "few"), Decimal(3), True),
    (("several",), Decimal(3), True),
    (("a", "handful"), Decimal(3), True),
    (("many",), Decimal(2), True),
    (("a",), Decimal(1), False),
)
_STAND_ALONE = {("a", "couple", "of"), ("a", "couple"), ("a", "pair", "of"), ("a", "few"), ("several",)}
_STAND_ALONE |= {("a", "handful")}


def _words(tokens: list[_Token], i: int) -> Number | None:
    total, part, at, end = 0, 0, i, i
    while at < len(tokens):
        word = tokens[at].text
        if word in UNITS:
            part += UNITS[word]
        elif word in TENS:
            part += TENS[word]
        elif part and word == "hundred":
            part *= 100
        elif part and word in SCALES and len(word) > 2:
            total, part = total + part * SCALES[word], 0
        elif not (end > i and word in ("-", "and") and _continues(tokens, at)):
            break
        at += 1
        end = at
    return _number(tokens, i, end, Decimal(total + part)) if end > i else None


def _continues(tokens: list[_Token], at: int) -> bool:
    """Whether a hyphen or "and" goes on with the same number ("sixty-five", "three hundred and five")."""
    if at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1].text, tokens[at + 1].text
    if tokens[at].text == "and":
        return before in ("hundred", "thousand", "million") and (after in UNITS or after in TENS)
    return (before in TENS and after in UNITS) or after in SCALES
