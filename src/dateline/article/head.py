"""The head of a page: which line is the headline, and what the lines around it are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dateline.article.datelines import read_place_line
from dateline.article.draft import Draft
from dateline.article.furniture import Kind
from dateline.article.lines import Line
from dateline.article.metaline import is_person, is_role
from dateline.article.phrases import words
from dateline.article.placing import place, place_meta
from dateline.text import same_words

_REACH = 6
_LEADS, _KICKER = 3, 4
_SECTIONS = words("""
    world asia africa europe americas politics news middle east national international india pakistan afghanistan
    ukraine russia china us usa uk home business opinion war conflict security defence defense society top stories south
    north central latin america nation country regional local law justice crime government elections diplomacy
    analysis features feature report latest
""")
_CRUMB = re.compile(r"\s?[>»›/|]\s?|\s[·•]\s")
_TITLED = re.compile(
    r"(?:explained|explainer|in pics|in pictures|photos|opinion|video|watch|gallery|map|analysis)\b", re.IGNORECASE
)
_OUTLET = re.compile(
    r".*\b(?:News|Times|Post|Herald|Tribune|Gazette|Courier|Telegraph|Journal|Observer|Chronicle|Express|Monitor)"
)
_BARRED = re.compile(r"(?P<title>.{12,}?)\s\|\s(?P<outlet>[A-Z][\w.&'’ -]{1,40})")
_DASHED = re.compile(
    r"(?P<title>.{12,}?)\s[-–—]\s(?P<outlet>(?:The\s)?(?:[A-Z][\w.&'’]*\s){0,3}"
    r"(?:News|Times|Post|Herald|Tribune|Gazette|Guardian|Independent|Telegraph|Journal|Observer|Chronicle|"
    r"Standard|Reuters|"
    r"Jazeera|Star|Mail|Express|Monitor|Review|Today|Daily|Online|Press|Agency|Radio|TV|[\w-]+\.(?:com|org|net|"
    r"co|in|uk)))"
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
    if lines and lines[0].kind in (Kind.LINK, Kind.EMBED) and lines[0].words >= 5 and _TITLED.match(lines[0].text):
        return 0
    free = [i for i, line in enumerate(lines) if line.free and not line.prose and not _is_crumbs(line.text)]
    for least in (4, 2):
        for i in free:
            if lines[i].words >= least and not (least == 2 and _is_section(lines[i].text)):
                return i
    asking = lines[0] if lines and lines[0].free and lines[0].words <= 20 else None
    return 0 if asking is not None and asking.text.endswith(("?", "!")) else None


def split_outlet(headline: str) -> tuple[str, str | None]:
    """A page title without the name of the outlet behind it, and that name."""
    match = _BARRED.fullmatch(headline) or _DASHED.fullmatch(headline)
    return (match["title"], match["outlet"]) if match else (headline, None)


def read_head(lines: Sequence[Line], end: int, shown: Collection[Line], draft: Draft, title: str | None) -> None:
    """Read the lines above the body, which begins at ``end``, into the draft; ``shown`` are highlights."""
    at = headline_at(lines[:end], title)
    if at is not None and not title:
        draft.headline, outlet = _printed(lines[:end], at)
        draft.publisher = draft.publisher or outlet
    few = sum(line.free and line not in shown for line in lines[(at or 0) + 1 : end]) <= _LEADS
    for i, line in enumerate(lines[:end]):
        if i == at or _repeats(line.text, draft.headline):
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


def _printed(lines: Sequence[Line], at: int) -> tuple[str, str | None]:
    """The headline as printed, and the outlet named behind it, which goes where the bare headline is printed too."""
    text = lines[at].text
    bare, outlet = split_outlet(text)
    return (bare if any(same_words(line.text, bare) for line in lines) else text), outlet


def _repeats(text: str, headline: str | None) -> bool:
    return headline is not None and any(same_words(form, headline) for form in (text, split_outlet(text)[0]))


def _read_short(lines: Sequence[Line], i: int, draft: Draft, at: int | None, few: bool) -> None:
    """A short line that is none of the known things: section, name, role, kicker, dateline, else content."""
    line, above = lines[i], at is not None and i < at
    if not _read_name(lines, i, draft, at):
        if _is_crumbs(line.text):
            draft.section = draft.section or _CRUMB.split(line.text)[-1]
        elif _is_section(line.text) or (line.words <= _KICKER if above else _is_label(lines, i)):
            draft.note_section(line.text)
        else:
            draft.add(line.text, highlight=few and line.words >= 5)
            return
    draft.furniture.append(line.text)


def _is_label(lines: Sequence[Line], i: int) -> bool:
    """True for one or two words among stamps and buttons that are not a dateline."""
    return lines[i].words <= 2 and _is_by_meta(lines, i) and not _opens(lines, i)


def _read_name(lines: Sequence[Line], i: int, draft: Draft, at: int | None) -> bool:
    """Read a line below the headline as the writer's name or role, or the outlet's."""
    line, above = lines[i], at is not None and i < at
    near = i - 1 == at or _is_by_meta(lines, i)
    if above or _is_section(line.text) or not near:
        return False
    if _OUTLET.fullmatch(line.text) and line.words <= _KICKER:
        draft.publisher = draft.publisher or line.text
    elif draft.byline is None and is_person(line.text) and not _opens(lines, i):
        draft.byline = line.text
    else:
        return draft.byline is not None and is_role(line.text)
    return True


def _opens(lines: Sequence[Line], i: int) -> bool:
    """True for a place alone on the line above the first prose: a dateline."""
    return i + 1 < len(lines) and lines[i + 1].prose and read_place_line(lines[i].text) is not None


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
