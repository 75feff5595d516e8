"""Sentences of English news text, aware of abbreviations, initials, decimals and quotation marks."""

from __future__ import annotations

import re

from dateline.records import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_END = re.compile(r"""[.!?…]+[)\]"'”’»]*(?:\[[^\]\n]{1,20}\])*(?=\s)|\n+""")
_LONGEST = 40
_OPENERS = "\"'“‘«([-–—•*"
_DASHES = ("-", "–", "—", "--")
_NEVER = _words(
    "mr mrs ms messrs dr prof gen lt col sgt capt maj brig cpl pvt adm cmdr cdr comdr sen rep reps sens gov st rev "
    "hon pres supt insp det amb atty coun pop vs v no nos mt ft fr sr. bros al cf eg ie e.g i.e viz approx sq msgr "
    "lt.-gen maj.-gen brig.-gen lt.-col"
)
_SOMETIMES = _words(
    "jr sr inc co corp ltd llc plc etc u.s u.k u.n e.u d.c u.s.a a.m p.m am pm est jan feb mar apr jun jul aug sep "
    "sept oct nov dec mon tue tues wed thu thur thurs fri sat sun dept univ assn ave blvd rd calif fla ga ill mass "
    "mich minn pa tex va wash ariz ark colo conn del ind kan ky la md miss mo mont neb nev okla ore tenn vt wis wyo "
    "ph.d m.d b.c a.d"
)
_MONTHS = _words("jan feb mar apr jun jul aug sep sept oct nov dec no nos")
_STARTERS = _words(
    "the a an he she it they we i you his her its their our this that these those there in on at by for from with "
    "but and or yet so if when while after before as since until although though however meanwhile earlier later "
    "both some many most several officials police according more no not last what who where why how two three "
    "witnesses to under during despite also neither all another such"
)


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of ``text[start:end]`` in order, without the white space around them."""
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match[0].startswith("\n") or _is_end(text, begin, match, end):
            _add(spans, text, begin, match.end())
            begin = match.end()
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[Span], text: str, begin: int, stop: int) -> None:
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        spans.append(Span.of(text, begin, stop))


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    mark = match[0]
    following = text[match.end() : min(end, match.end() + 60)].split()
    if not following:
        return True
    nxt = following[0].lstrip(_OPENERS) or (following[1].lstrip(_OPENERS) if len(following) > 1 else "")
    first = nxt[:1]
    if first.islower() or (mark == "." and following[0] in _DASHES):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _abbreviates(_last_word(text, begin, match.start()), mark, nxt)


def _last_word(text: str, begin: int, end: int) -> str:
    """The end of the sentence so far up to its last blank; no abbreviation is longer than what is looked at."""
    before = text[max(begin, end - _LONGEST) : end]
    return "" if not before or before[-1].isspace() else before.split()[-1]


def _abbreviates(last: str, mark: str, nxt: str) -> bool:
    """True when the full stop belongs to the word before it and the sentence goes on."""
    if not last:
        return True
    word = last.lstrip(_OPENERS)
    lower = word.lower()
    starter = nxt.rstrip(",.;:!?'\"”’").lower() in _STARTERS and nxt[:1].isupper()
    if mark != ".":
        return False
    if lower in _NEVER:
        return True
    if lower in _MONTHS and nxt[:1].isdigit():
        return True
    if lower in _SOMETIMES and (word[:1].isupper() or "." in word or lower in {"am", "pm", "etc"}):
        return not starter
    if re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word):
        return not starter or len(word) == 1
    return False
