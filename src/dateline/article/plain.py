"""A page scraped as plain text to a draft: furniture apart, nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.article.agencies import AGENCY, credit_line, is_agency_byline, named_agencies
from dateline.article.draft import Draft
from dateline.article.furniture import Kind, is_prose, kind_of
from dateline.article.metaline import MetaLine, is_person, is_role, read_metaline
from dateline.article.photos import read_photo
from dateline.text import same_words

_HEAD_REACH = 12
_CREDIT_TAIL = re.compile(
    rf"^(?P<body>.{{40,}}?[.!?\"”’])\s*(?P<credit>[\[(](?:(?:with|including)\s.{{0,80}}|{AGENCY}(?:\s?[,/&]\s?{AGENCY}|\sand\s{AGENCY})*)[\])])\.?$",
    re.DOTALL | re.IGNORECASE,
)
_SECTIONS = frozenset(
    [
        "world",
        "asia",
        "africa",
        "europe",
        "americas",
        "politics",
        "news",
        "middle",
        "east",
        "national",
        "international",
        "india",
        "pakistan",
        "afghanistan",
        "ukraine",
        "russia",
        "china",
        "us",
        "usa",
        "uk",
        "home",
        "business",
        "opinion",
        "war",
        "conflict",
        "security",
        "defence",
        "defense",
        "society",
        "top",
        "stories",
        "south",
        "north",
        "central",
        "latin",
        "america",
        "nation",
        "country",
        "regional",
        "local",
        "law",
        "justice",
        "crime",
        "government",
        "elections",
        "diplomacy",
        "analysis",
        "features",
        "feature",
        "report",
    ]
)


@dataclass(slots=True)
class Line:
    """One block of the page and what it is taken for, by itself."""

    text: str
    kind: Kind
    meta: MetaLine
    prose: bool
    after_gap: bool


def read_plain(text: str, *, title: str | None = None, top_level: str | None = None) -> Draft:
    """Take a scraped page apart. ``text`` is cleaned; ``title`` is the headline where the container tells it."""
    lines = _lines(text, top_level)
    draft = Draft(headline=title)
    head = _head_length(lines)
    shown = _highlighted(lines)
    _read_head(lines[:head], shown, draft, title)
    _read_body(lines[head:], shown, draft)
    return draft


def _lines(text: str, top_level: str | None) -> list[Line]:
    lines, gap = [], False
    for raw in text.split("\n"):
        if raw.strip():
            lines += [_line(part, gap, top_level) for part in _split_credit(raw.strip())]
        gap = not raw.strip()
    return lines


def _highlighted(lines: list[Line]) -> set[int]:
    """Ids of the lines below a heading such as "Story highlights": its block, or one paragraph and loose bullets."""
    shown: set[int] = set()
    heading = next((i for i, line in enumerate(lines) if line.kind is Kind.HIGHLIGHTS), None)
    if heading is None:
        return shown
    gaps = any(line.after_gap for line in lines)
    for i in range(heading + 1, len(lines)):
        line = lines[i]
        in_block = gaps and not line.after_gap
        if line.kind is not Kind.BODY or (shown and not in_block and (line.prose or line.after_gap)):
            break
        shown.add(id(line))
    return shown


def _split_credit(line: str) -> tuple[str, ...]:
    """A paragraph and the agency credit that was run into its end, as two lines."""
    if not line.endswith((")", "]", ").", "].")):
        return (line,)
    match = _CREDIT_TAIL.match(line)
    if match and credit_line(match["credit"]):
        return match["body"], match["credit"]
    return (line,)


def _line(text: str, after_gap: bool, top_level: str | None) -> Line:
    kind = kind_of(text)
    if kind is Kind.BODY and read_photo(text) is not None:
        kind = Kind.PHOTO
    short = kind is Kind.BODY and len(text) <= 260
    meta = read_metaline(text, top_level=top_level) if short else MetaLine()
    return Line(text, kind, meta, kind is Kind.BODY and is_prose(text), after_gap)


def _head_length(lines: list[Line]) -> int:
    """How many lines stand above the body: up to the first prose, or to the last byline or stamp soon after it."""
    first = next((i for i, line in enumerate(lines) if line.prose), len(lines))
    reach = min(len(lines), max(first, 1) + 5, first + _HEAD_REACH)
    for i in range(reach - 1, first, -1):
        if lines[i].meta.found and not lines[i].meta.rest:
            return i + 1
    return first


def _headline_at(lines: list[Line], title: str | None) -> int | None:
    if title:
        return next((i for i, line in enumerate(lines) if same_words(line.text, title)), None)
    free = [i for i, line in enumerate(lines) if line.kind is Kind.BODY and not line.meta.found]
    for least in (4, 2):
        for i in free:
            if lines[i].text.count(" ") + 1 >= least and not lines[i].prose:
                return i
    return next((i for i in free if lines[i].text.endswith(("?", "!"))), None)


def _read_head(lines: list[Line], shown: set[int], draft: Draft, title: str | None) -> None:
    at = _headline_at(lines, title)
    if at is not None:
        draft.headline = title or lines[at].text
    for i, line in enumerate(lines):
        if i == at:
            continue
        if id(line) in shown:
            _add(draft, line.text, highlight=True)
        elif not _note(line, draft):
            if line.prose:
                _add(draft, line.text, highlight=True)
            else:
                _loose(line, draft, above=at is not None and i < at)


def _note(line: Line, draft: Draft) -> bool:
    """Put a line that is not content where it belongs; False when it may be content."""
    if line.kind is Kind.PHOTO:
        caption, credit = read_photo(line.text) or (None, None)
        draft.picture(caption=caption, credit=credit)
    elif line.kind is Kind.EMBED:
        draft.embeds.append(line.text)
    elif line.kind is Kind.BODY:
        return _note_credit(line, draft) or _note_meta(line, draft)
    draft.furniture.append(line.text)
    return True


def _note_credit(line: Line, draft: Draft) -> bool:
    credit = credit_line(line.text)
    if credit is None:
        return False
    draft.credit(*credit)
    draft.furniture.append(line.text)
    return True


def _note_meta(line: Line, draft: Draft) -> bool:
    meta = line.meta
    if not meta.found or any(is_prose(rest) or rest.count(" ") > 5 for rest in meta.rest):
        return False
    draft.byline = draft.byline or meta.byline
    draft.published = draft.published or meta.published
    draft.updated = draft.updated or meta.updated
    if meta.byline and is_agency_byline(meta.byline):
        draft.credit(named_agencies(meta.byline), "agency")
    for rest in meta.rest:
        if draft.section is None and rest[:1].isupper() and not is_role(rest):
            draft.section = rest
    draft.furniture.append(line.text)
    return True


def _loose(line: Line, draft: Draft, *, above: bool) -> None:
    """A short line of the head that is none of the known things: section, name, standfirst, or a kicker."""
    words = line.text.count(" ") + 1
    if draft.byline is None and not above and is_person(line.text) and not _is_section(line.text):
        draft.byline = line.text
    elif _is_section(line.text):
        draft.section = draft.section or line.text
    elif above and words <= 4:
        pass
    else:
        _add(draft, line.text, highlight=words >= 5)
        return
    draft.furniture.append(line.text)


def _is_section(line: str) -> bool:
    words = re.findall(r"[A-Za-z]+", line.lower())
    return 0 < len(words) <= 4 and all(word in _SECTIONS for word in words)


def _add(draft: Draft, text: str, *, highlight: bool = False) -> None:
    if highlight:
        draft.highlights.add(len(draft.paragraphs))
    draft.paragraphs.append(text)


def _read_body(lines: list[Line], shown: set[int], draft: Draft) -> None:
    for line in lines:
        if not _note(line, draft):
            _add(draft, line.text, highlight=id(line) in shown)
