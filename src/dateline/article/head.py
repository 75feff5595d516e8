"""The head of a page: which line is the headline, and what the lines around it are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dateline.article.draft import Draft
from dateline.article.furniture import Kind
from dateline.article.lines import Line
from dateline.article.metaline import is_person, is_role
from dateline.article.phrases import words
from dateline.article.placing import place, place_meta
from dateline.text import same_words

_REACH = 6
_LEADS = 3
_SECTIONS = words("""
    world asia africa europe americas politics news middle east national international india pakistan afghanistan ukraine
    russia china us usa uk home business opinion war conflict security defence defense society top stories south
    north central latin america nation country regional local law justice crime government elections diplomacy
    analysis features feature report latest
""")
_CRUMB = re.compile(r"\s?[>»›/]\s?|\s[|·•]\s")
_BARRED = re.compile(r"(?P<title>.{12,}?)\s\|\s(?P<outlet>[A-Z][\w.&'’ -]{1,40})")
_DASHED = re.compile(
    r"(?P<title>.{12,}?)\s[-–—]\s(?P<outlet>(?:The\s)?(?:[A-Z][\w.&'’]*\s){0,3}"
    r"(?:News|Times|Post|Herald|Tribune|Gazette|Guardian|Independent|Telegraph|Journal|Observer|Chronicle|Standard|Reuters|"
    r"Jazeera|Star|Mail|Express|Monitor|Review|Today|Daily|Online|Press|Agency|Radio|TV|[\w-]+\.(?:com|org|net|co|in|uk)))"
)


def head_length(lines: Sequence[Line], title: str | None) -> int:
    """How many lines stand above the body: up to the first prose, or to the last byline or stamp soon after it."""
    first = next((i for i, line in enumerate(lines) if line.prose), None)
    if first is None:
        at = headline_at(lines, title)
        first = len(lines) if at is None else at + 1
    for i in range(min(len(lines), first + _REACH) - 1, first, -1):
        meta = lines[i].meta
        if meta.found and not meta.rest and not meta.clock_only:
            return i + 1
    return first


def headline_at(lines: Sequence[Line], title: str | None) -> int | None:
    """Which line is the headline: the given title, else the first line that can be one."""
    if title:
        names = {title, split_outlet(title)[0]}
        return next((i for i, line in enumerate(lines) if any(same_words(line.text, name) for name in names)), None)
    free = [i for i, line in enumerate(lines) if line.free and not line.prose and not _is_crumbs(line.text)]
    for least in (4, 2):
        for i in free:
            if lines[i].words >= least and not (least == 2 and _is_section(lines[i].text)):
                return i
    labelled = [i for i, line in enumerate(lines[:3]) if line.kind in (Kind.LINK, Kind.EMBED) and line.words >= 5]
    asking = [
        i for i, line in enumerate(lines[:1]) if line.free and line.text.endswith(("?", "!")) and line.words <= 20
    ]
    return next(iter(asking + labelled), None)


def split_outlet(headline: str) -> tuple[str, str | None]:
    """A page title without the name of the outlet behind it, and that name."""
    match = _BARRED.fullmatch(headline) or _DASHED.fullmatch(headline)
    return (match["title"], match["outlet"]) if match else (headline, None)


def read_head(lines: Sequence[Line], shown: Collection[Line], draft: Draft, title: str | None) -> None:
    """Read the lines above the body into the draft; ``shown`` are highlights."""
    at = headline_at(lines, title)
    if at is not None and not title:
        draft.headline, outlet = split_outlet(lines[at].text)
        draft.publisher = draft.publisher or outlet
    few = sum(line.free and i != at and line not in shown for i, line in enumerate(lines)) <= _LEADS
    for i, line in enumerate(lines):
        if i == at or (draft.headline and same_words(split_outlet(line.text)[0], draft.headline)):
            if i != at:
                draft.furniture.append(line.text)
        elif line in shown:
            draft.add(line.text, highlight=True)
        elif line.kind is Kind.HIGHLIGHTS:
            draft.furniture.append(line.text)
        elif not (place(line, draft) or place_meta(line, draft)):
            if line.prose:
                draft.add(line.text, highlight=few)
            else:
                _read_short(lines, i, draft, at, few)


def _read_short(lines: Sequence[Line], i: int, draft: Draft, at: int | None, few: bool) -> None:
    """A short line that is none of the known things: section, name, role, kicker, else content."""
    line, above = lines[i], at is not None and i < at
    if _is_crumbs(line.text):
        draft.section = draft.section or _CRUMB.split(line.text)[-1]
    elif _is_section(line.text) or (above and line.words <= 3) or (line.words <= 2 and _is_by_meta(lines, i)):
        if draft.byline is None and not above and is_person(line.text) and not _is_section(line.text):
            draft.byline = line.text
        else:
            draft.section = draft.section or line.text
    elif not above and draft.byline is None and is_person(line.text) and (_is_by_meta(lines, i) or i - 1 == at):
        draft.byline = line.text
    elif (is_role(line.text) and draft.byline is not None) or (above and line.words <= 4):
        pass
    else:
        draft.add(line.text, highlight=few and line.words >= 5)
        return
    draft.furniture.append(line.text)


def _is_by_meta(lines: Sequence[Line], i: int) -> bool:
    """True when a stamp, byline, role or share bar stands within two lines."""
    near = [*lines[max(0, i - 2) : i], *lines[i + 1 : i + 3]]
    return any(line.meta.found or line.kind is Kind.NOISE or is_role(line.text) for line in near)


def _is_section(line: str) -> bool:
    found = re.findall(r"[A-Za-z]+", line.lower())
    return 0 < len(found) <= 4 and all(word in _SECTIONS for word in found)


def _is_crumbs(line: str) -> bool:
    """True for a path through the site: ``Home > World > Asia``."""
    parts = [part for part in _CRUMB.split(line) if part]
    return (
        len(parts) >= 2
        and len(line) < 120
        and all(part.count(" ") <= 2 for part in parts[:-1])
        and _is_section(parts[0])
    )
