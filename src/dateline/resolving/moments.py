"""Time expressions to days: found by rule, read as TIMEX3 values, resolved to first and last possible day.

Values follow TIMEX3 (TimeML 1.2.1). Nothing falls back to the day of publication: what the words do not tell stays
unresolved, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.records import Moment, Span, TimeRef
from dateline.resolving.days import Days, shift, shift_days
from dateline.resolving.time_dates import DATE_RULES
from dateline.resolving.time_periods import PERIOD_RULES
from dateline.resolving.time_reading import NO_ANCHOR, NO_REFERENCE, Clock, Reading
from dateline.resolving.time_relative import RELATIVE_RULES
from dateline.resolving.time_told import FAINT_RULES

_RULES = (*DATE_RULES, *PERIOD_RULES, *RELATIVE_RULES, *FAINT_RULES)
_SOUGHT = len(_RULES) - len(FAINT_RULES)
_LONGEST = 120
_SINCE = re.compile(r"\b(?:since|from|starting|beginning|as of|effective|as from|ever since)(?:\s+\w+)?\s*$", re.I)
_SINCE_HEAD = re.compile(r"\s*(?:ever\s+)?since\b", re.I)
_UNTIL = re.compile(r"\b(?:until|till|til|up to|through|to)(?:\s+the)?\s*$", re.I)
_BY = re.compile(r"\b(?:by|no later than|not later than|ahead of)(?:\s+the)?\s*$", re.I)
_BEFORE = re.compile(r"\b(?:before|prior to)(?:\s+the)?\s*$", re.I)
_AFTER = re.compile(r"\b(?:after|following)(?:\s+the)?\s*$", re.I)
_WITHIN = re.compile(r"\b(?:within|in)(?:\s+(?:the|less than|about|around|under))?\s*$", re.I)
_CLAUSE = re.compile(r"\s+\w")
_AND = re.compile(r"\s*(?:to|until|till|and|through|-|–|—)\s*(?:the\s+|on\s+)?", re.I)
_FROM = re.compile(r"\b(?:from|between)\s*(?:the\s+)?$|^\s*$", re.I)
_FUTURE = re.compile(
    r"\b(?:will|'ll|’ll|shall|won['’]t|going|due|scheduled|planned|expected|set to|set for|slated|upcoming|deadline|"
    r"would|as soon as|effective|"
    r"(?:plan|intend|hope|vow|pledge|agree|decide|promise|order|ask|urge|want|threaten|expect|need)(?:s|ed|d)? to|"
    r"(?:plans|ready|prepared|told|called on \w+|ordered \w+|asked \w+|urged \w+|vote|decision|deal|ultimatum) to)\b"
)
# "To" and a verb looks ahead where no past verb comes before it: "staged celebrations to mark its entry on Friday".
_INFINITIVE = re.compile(r"\bto (?!the\b|an?\b|death\b|his\b|her\b|its\b|their\b|this\b|that\b|date\b)[a-z]{2,}\b")
_IRREGULAR = """
    was were had did been said told took came went made held met left fell rose won lost shot broke began led sent
    saw hit struck fought fled gave got kept put ran spoke wrote brought bought sold sought taught thought caught
    built spent drew drove flew grew knew threw rode stood sat set cut hurt quit read felt dealt laid paid found
    bound swore wore tore bore burst hung hid slid stole chose froze forgot withdrew overthrew became arose sank
    sang swam blew shook stuck swept slept died tied lied tried
"""
_PAST = re.compile(
    rf"\b(?:{'|'.join(_IRREGULAR.split())}|has|have|(?!planned|scheduled|expected|slated|due)[a-z]{{2,}}ed)\b"
)
_STOP = re.compile(r"[.!?](?=\s+[A-Z\"“])|\n")


def find_times(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Time expressions in ``text[start:end]`` in text order, without their prepositions, none overlapping."""
    return [Span.of(text, m.start(), m.end()) for m, _ in _matches(text, start, end, _SOUGHT)]


def _matches(
    text: str, start: int = 0, end: int | None = None, rules: int | None = None
) -> list[tuple[re.Match[str], int]]:
    """The longest of the overlapping rule matches at each place, leftmost first, with the number of the rule."""
    end = len(text) if end is None else min(end, len(text))
    found = [(m, k) for k, (pattern, _) in enumerate(_RULES[:rules]) for m in pattern.finditer(text, start, end)]
    found.sort(key=lambda f: (f[0].start(), -f[0].end(), f[1]))
    kept: list[tuple[re.Match[str], int]] = []
    for match, k in found:
        if match.end() > match.start() and (not kept or match.start() >= kept[-1][0].end()):
            kept.append((match, k))
    return kept


def read_time(span: Span, clock: Clock) -> Reading | None:
    """The reading of the longest time expression in the span's words; ``None`` when there is none."""
    best, reading = 0, None
    for match, k in _matches(span.text[:_LONGEST]):
        found = _RULES[k][1](match, clock)
        if found is not None and len(match[0]) > best:
            best, reading = len(match[0]), found
    return reading


def timex_value(
    span: Span, anchor: date | None, *, tense: str = "past", reference: Days | None = None
) -> tuple[str, str]:
    """TIMEX3 type and value of a time expression ("DATE", "2021-07-14"); ("", "") when it cannot be read."""
    reading = read_time(span, Clock(anchor, tense, reference))
    return (reading.kind, reading.value) if reading else ("", "")


def resolve_time(
    span: Span, anchor: date | None, *, tense: str = "past", reference: Days | None = None, clause: bool = False
) -> TimeRef:
    """The days that ``span`` ("on Wednesday", "since early May", "by August 31") can mean.

    ``anchor`` is the day of publication, ``tense`` that of the event it dates (past, present or future), ``reference``
    the days spoken of last, from which "two days later" counts, ``clause`` whether the dated event is in the clause
    after the span ("two days after the army shelled …"). ``moment`` is ``None`` with the reason in ``why``.
    """
    clock = Clock(anchor, _tense_of(span.text, tense), reference, clause)
    pieces = _pieces(span.text, clock)
    if not pieces and reference and span.text.strip().lower() in ("since", "since then", "ever since"):
        return _ref(span, *_since_then(reference, clock))
    if not pieces:
        return _ref(span, None, "no time expression in these words")
    before, reading = pieces[0]
    if len(pieces) > 1 and _AND.fullmatch(pieces[1][0]) and _FROM.search(before):
        return _ref(span, *_from_to(reading, pieces[1][1]))
    before, reading = max(pieces, key=lambda piece: _weight(piece[1]))
    before = "since " if _SINCE_HEAD.match(span.text) else before
    days, why = _bounded(before, reading, clock)
    moment = Moment(_iso(days[0]), _iso(days[1]), reading.precision, why) if days else None
    return _ref(span, moment, why)


def _since_then(reference: Days, clock: Clock) -> tuple[Moment, str]:
    last, why = _present_end(reference[0], clock), "from the time spoken of last on"
    return Moment(reference[0].isoformat(), _iso(last), "day", why), why


def _ref(span: Span, moment: Moment | None, why: str) -> TimeRef:
    return TimeRef(span.start, span.end, span.text, moment, why)


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def _tense_of(words: str, tense: str) -> str:
    """ "by", "until" and "ahead of" look ahead, "since" back, whatever the verb."""
    if _SINCE_HEAD.match(words):
        return "begun"
    ahead = re.match(r"\s*(?:by|until|till|ahead of|no later than)\b", words, re.I)
    return "present" if tense == "past" and ahead else tense


def _weight(reading: Reading) -> int:
    return len(reading.value) if reading.days else 0


def _pieces(words: str, clock: Clock) -> list[tuple[str, Reading]]:
    """Each reading in the words with the text before it (from the end of the one before)."""
    out, at = [], 0
    for match, k in _matches(words[:_LONGEST]):
        reading = _RULES[k][1](match, clock)
        if reading is not None:
            out.append((words[at : match.start()], reading))
            at = match.end()
    return out


def _from_to(first: Reading, last: Reading) -> tuple[Moment | None, str]:
    if first.days is None or last.days is None:
        return None, first.why if first.days is None else last.why
    why = f"from {first.days[0]} ({first.why}) to {last.days[1]} ({last.why})"
    begin, end = first.days[0], last.days[1]
    if begin > end:
        return None, f"the end comes before the beginning: {why}"
    return Moment(begin.isoformat(), end.isoformat(), first.precision, why), why


Open = tuple[date | None, date | None]


def _bounded(before: str, reading: Reading, clock: Clock) -> tuple[Open | None, str]:
    """The days of a reading under the preposition before it."""
    if reading.kind == "DURATION" and reading.days is None:
        return _lasting(before, reading, clock)
    if reading.days is None:
        return None, reading.why
    first, last = reading.days
    if reading.kind == "TIME" and not _UNTIL.search(before) and not _SINCE.search(before):
        return (first, last), reading.why  # "before dawn on Thursday" is on Thursday
    if _SINCE.search(before) and not (reading.precision == "day" and first < last):
        return (first, _present_end(first, clock)), f"from then on; {reading.why}"
    if _BY.search(before):
        return (_present_start(last, clock), last), f"no later than that; {reading.why}"
    if _UNTIL.search(before):
        return (_present_start(last, clock), last), f"up to then; {reading.why}"
    if _BEFORE.search(before):
        return (None, shift_days(first, -1)), f"before that; {reading.why}"
    if _AFTER.search(before):
        begins = shift_days(last, 1)
        return (begins, _present_end(begins or last, clock)), f"after that; {reading.why}"
    return _clipped(reading, clock)


def _present_end(first: date, clock: Clock) -> date | None:
    """What began then and is reported now lasts to publication; what begins later has no known end."""
    return clock.anchor if clock.anchor and clock.anchor >= first else None


def _present_start(last: date, clock: Clock) -> date | None:
    return clock.anchor if clock.anchor and clock.anchor <= last else None


def _clipped(reading: Reading, clock: Clock) -> tuple[Open, str]:
    """What happened "this week" did so by publication; what will happen this week will do so from then on."""
    assert reading.days is not None
    (first, last), anchor = reading.days, clock.anchor
    if anchor and first <= anchor <= last and reading.precision != "day" and reading.kind != "DURATION":
        if clock.tense == "past":
            return (first, anchor), f"{reading.why}; cut at the publication"
        if clock.tense == "future":
            return (anchor, last), f"{reading.why}; from the publication on"
    return (first, last), reading.why


def _lasting(before: str, reading: Reading, clock: Clock) -> tuple[Open | None, str]:
    """ "for three weeks", "within six months": the length up to the anchor, or from it on in the future."""
    if reading.number is None:
        return None, reading.why
    if clock.anchor is None:
        return None, NO_ANCHOR
    ahead = clock.tense == "future"
    end = shift(clock.anchor, reading.number if ahead else -reading.number, reading.unit)
    if end is None:
        return None, "the length leaves the calendar"
    way = "within" if _WITHIN.search(before) else "a length of time"
    why = f"{way}: {reading.number} {reading.unit}s {'from' if ahead else 'up to'} the publication on {clock.anchor}"
    return ((clock.anchor, end) if ahead else (end, clock.anchor)), why


def resolve_times(
    spans: Sequence[Span], text: str, anchor: date | None, tenses: Sequence[str | None] = ()
) -> list[TimeRef]:
    """Resolve the time expressions of one text in order, "two days later" from the one before.

    Spans come in text order, the result is parallel to them. ``tenses``, where given parallel to the spans, say of
    what tense the dated events are; ``None`` or nothing there leaves it to the words around (``tense_near``).
    """
    out: list[TimeRef] = []
    last: Days | None = None
    last_day: Days | None = None
    for k, span in enumerate(spans):
        tense = (tenses[k] if k < len(tenses) else None) or tense_near(text, span.start, span.end)
        clause = _CLAUSE.match(text, span.end) is not None
        found = resolve_time(span, anchor, tense=tense, reference=last, clause=clause)
        if found.why == NO_REFERENCE:
            found = resolve_time(span, anchor, tense=tense, reference=last_day, clause=clause)
        out.append(found)
        last = _reference(found) or last
        last_day = last if last and last[0] == last[1] else last_day
    return out


# Words that count from a time told before them, and how far back it is looked for.
_TOLD = re.compile(
    r"\b(?:since|later|earlier|before|after|same|that|following|next|previous|hours?|minutes|day|night|evening|afternoon|"
    r"morning|dawn|dusk|sun\w+|noon|midnight|nightfall|daybreak)\b",
    re.I,
)
_BACK = 1500


def times_between(text: str, spans: Sequence[Span], anchor: date | None) -> list[Span]:
    """Time expressions before and between ``spans`` from which those that count from a time told before may count.

    Without an anchor every span may, for its year.
    """
    out: list[Span] = []
    at = 0
    for span in spans:
        if anchor is None or _TOLD.search(span.text):
            out += find_times(text, max(at, span.start - _BACK), span.start)
        at = max(at, span.end)
    return [found for found in out if not any(found.overlaps(span) for span in spans)]


def _reference(found: TimeRef) -> Days | None:
    moment = found.moment
    if moment is None or moment.first is None or moment.last is None:
        return None
    return date.fromisoformat(moment.first), date.fromisoformat(moment.last)


def tense_near(text: str, start: int, end: int) -> str:
    """ "past" or "future": of which the sentence around ``text[start:end]`` speaks there, by the nearest verb."""
    if re.match(r"['’]s\s+[a-z]", text[end : end + 4]):
        return "past"
    if re.search(r"\bsince\s+(?:the\s+)?$", text[max(0, start - 12) : start], re.I):
        return "past"
    left = _STOP.split(text[max(0, start - 200) : start])[-1]
    right = _STOP.split(text[end : end + 120])[0]
    future, past = _last(_FUTURE, left), _last(_PAST, left)
    if past < 0:
        future = max(future, _last(_INFINITIVE, left))
    if max(future, past) >= 0:
        return "future" if future >= past else "past"
    ahead, behind = _FUTURE.search(right) or _INFINITIVE.search(right), _PAST.search(right)
    return "future" if ahead and (not behind or ahead.start() < behind.start()) else "past"


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((m.start() for m in pattern.finditer(words)), default=-1)
