"""The vocabulary of time expressions in English, as pieces of regular expressions."""

from __future__ import annotations

import re

from dateline.resolving.days import MONTHS, SEASONS, WEEKDAYS
from dateline.resolving.numbers import SCALES, TENS, UNITS


def cased(words: list[str], lower: bool) -> str:
    """Alternatives of words, capitalised or in capitals, in lower case only where asked, longest first."""
    forms = {w.title() for w in words} | {w.upper() for w in words} | (set(words) if lower else set())
    return "(?-i:" + "|".join(sorted(forms, key=lambda w: (-len(w), w))) + ")"


def among(words: list[str]) -> str:
    """Alternatives, longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


_PLAIN_MONTHS = [m for m in MONTHS if len(m) > 4 and m != "march"]
_SHORT_MONTHS = [m for m in MONTHS if len(m) < 5 and m not in ("may", "june", "july")]
MONTH = (
    f"(?:{cased(['may', 'march', 'june', 'july'], False)}|{cased(_PLAIN_MONTHS, True)}|"
    f"{cased(_SHORT_MONTHS, False)}\\b\\.?)"
)
WEEKDAY = cased([w for w in WEEKDAYS if w.endswith("day")], True)
WEEKDAY_SHORT = f"(?:{WEEKDAY}|{cased([w for w in WEEKDAYS if not w.endswith('day')], False)}\\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|:\d|\.\d|,\d{3}|\s*(?:%|per ?cent|million|people))"
YEAR = r"(?:1\d{3}|20\d{2})(?!\d|:\d|[.,]\d|\s*%)"
SEASON = among(list(SEASONS))
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century)"
UNITS_PLURAL = r"(?:seconds|minutes|hours|days|weeks|fortnights|months|quarters|years|decades|centuries)"
LONG_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|century)"
LONG_PLURAL = r"(?:days|weeks|months|quarters|years|decades|centuries|hours|minutes)"
WORD_NUMBER = among([*UNITS, *TENS])
_SCALE = among([w for w in SCALES if len(w) > 3])
NUMBER = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{WORD_NUMBER}|a|half a)[\s-]+{_SCALE}|"
    rf"{WORD_NUMBER}(?:[\s-]+{WORD_NUMBER})?(?:[\s-]+{_SCALE})?)"
)
SOME = r"(?:several|some|many|a couple of|couple of|a couple|a few|few|a number of)"
PART = (
    r"(?:(?:early |late |mid-?)?(?:mornings?|afternoon|evening|night)|"
    r"lunchtime|noon|midday|midnight|dawn|dusk|daybreak)"
)
ZONE = r"(?:\s*(?:\(?(?:GMT|UTC|IST|EST|EDT|ET|PST|PDT|PT|CST|CDT|CET|CEST|BST|MSK|Z)\)?|[+-]\d{2}:?\d{2})\b)?"
_HALF = r"\s*[ap]\.?m\.?(?![a-z])"
# A time with a dot ("17.05") is read as such only at the head of a line: elsewhere it is as often a price.
CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:{_HALF})?|(?:1[0-2]|0?\d)[.][0-5]\d{_HALF}|"
    rf"(?:(?<![\s\S])|(?<=\n))(?:[01]\d|2[0-3])\.[0-5]\d(?=\s|$)|(?:1[0-2]|0?[1-9]){_HALF}"
    rf"|(?:1[0-2]|[1-9])\s+(?:o['’]clock(?:\s+in the (?:morning|afternoon|evening))?|"
    rf"in the (?:morning|afternoon|evening))){ZONE}"
)
VAGUE = (
    r"(?:the\s+)?(?:very\s+)?(?:early(?:\s+part\s+(?:of|in))?|late|mid|middle|beginning|start|end|close|outset|turn|"
    r"earlier|later|first half|second half)(?:[\s-]+(?:in|of))?[\s-]+(?:the\s+)?"
)
APPROX = (
    r"(?:(?:about|around|approximately|nearly|almost|over|more than|less than|at least|up to|no more than|"
    r"as (?:long|many|much) as|just|roughly|some|another|under)\s+)*"
)
PART_CODES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "daybreak": "MO"}
PART_CODES |= {
    "dusk": "EV",
    "sunset": "EV",
    "sundown": "EV",
    "nightfall": "EV",
    "sunrise": "MO",
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "24:00",
    "lunchtime": "MI",
}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
ORDINAL = among(list(ORDINALS))
_CENTURIES = ("tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",)
CENTURY_WORDS = dict(zip(" ".join(_CENTURIES).split(), range(10, 20), strict=True)) | {
    "twentieth": 20,
    "twenty-first": 21,
    "twenty first": 21,
}
CENTURY_NUMBERS = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}
CENTURY_NUMBER = among(list(CENTURY_NUMBERS))
TENS_UNITS = rf"{among(list(TENS))}(?:[\s-]{among(list(UNITS)[1:10])})?"
CENTURY_WORD = among(list(CENTURY_WORDS))


_TO_NINETEENTH = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth
"""
_BELOW_20 = _TO_NINETEENTH.split()
_ROUND = {tens.replace("y", "ieth"): value for tens, value in TENS.items() if tens != "fourty"}
ORDINALS_TO_99 = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:{among(list(TENS))}[\s-])?{among(_BELOW_20)}|{among(list(_ROUND))})"


def ordinal(words: str) -> int:
    """ "ninth" → 9, "twenty-first" → 21, "81st" → 81; 0 for what is none."""
    digits = re.sub(r"\D", "", words)
    if digits:
        return int(digits)
    parts = re.findall("[a-z]+", words.lower())
    ones = {word: value for value, word in enumerate(_BELOW_20, start=1)}
    return sum(TENS.get(p, 0) + _ROUND.get(p, 0) + ones.get(p, 0) for p in parts)


def unit_of(word: str) -> str:
    """The unit in the singular: "centuries" → century."""
    word = word.lower()
    return "century" if word.startswith("centur") else word.rstrip("s")
