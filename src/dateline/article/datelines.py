"""Wire datelines: ``KABUL, Aug 9 (Reuters) -`` at the head of the first paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.article.agencies import AGENCY, named_agencies
from dateline.article.phrases import words
from dateline.article.stamps import MONTH, day_near
from dateline.records import Article, Span, Stamp

_CAPS = r"[A-Z][A-Z.'’-]*[A-Z.](?:[ -][A-Z][A-Z.'’-]*){0,4}"
_TITLE = r"[A-Z][\w.'’-]*(?:[ -](?:[A-Z][\w.'’-]*|de|of|al|el|the|la|le|di|du|sur|upon)){0,5}"
_MONTH_DAY = rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s(?P<month2>{MONTH})"
_DATE = rf"(?:{_MONTH_DAY})(?:,?\s(?P<year>(?:19|20)\d\d))?"
_NAMED = rf"(?:{AGENCY})(?:\s?[/,&]\s?(?:{AGENCY}|[A-Z][\w .]{{1,30}})){{0,3}}"
_WIRE = rf"(?:[\[(](?P<wire>{_NAMED}|Agency|Agencies|[A-Z][\w.' ]{{1,30}})[\])]|/(?P<slashed>{AGENCY})/)"
_DASH = r"\.?\s*(?:[-–—]{1,3}|:)(?=\s|[A-Z\"“'‘])\s*"
_DASH_SIGN = re.compile(r"[-–—:]\s|[–—]|/\.\s")
_MORE = rf"(?:\s?[,/(\[]\s?{_TITLE}[\])]?){{0,2}}"
_FORMS = (
    re.compile(
        rf"(?P<place>{_TITLE}){_MORE}[,.]?\s(?:\w{{3,9}}\s?,\s)?\(?{_DATE}\)?,?\.?\s?{_WIRE}?(?:{_DASH}|(?<=/)\.\s)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<place>{_TITLE}){_MORE},?\s?{_WIRE}{_DASH}"),
    re.compile(rf"{_DATE}\s?\((?P<place>{_TITLE})\){_DASH}", re.IGNORECASE),
    re.compile(rf"(?P<place>{_CAPS}){_MORE}{_DASH}"),
    re.compile(rf"{_WIRE}{_DASH}"),
)
_ALONE = re.compile(rf"(?P<place>{_CAPS})(?:, {_TITLE})?|(?P<place2>{_TITLE}):")
_LONGEST = 60
_NOT_PLACES = words("""
    breaking update updated exclusive live watch factbox explainer analysis opinion editorial note correction refile
    video photos news politics world
""")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place (offsets into the paragraph), day and agencies of a dateline; each may be unknown. It ends at ``end``."""

    place: tuple[int, int] | None
    date: Stamp | None
    agencies: tuple[str, ...]
    end: int


def read_dateline(paragraph: str, anchor: str | None) -> Dateline | None:
    """The dateline at the head of a paragraph. A day without year takes the year nearest to ``anchor`` (ISO)."""
    head = paragraph[:140]
    if not _DASH_SIGN.search(head):
        return None
    for pattern in _FORMS:
        match = pattern.match(head)
        if match and _plausible(match):
            named = match.groupdict()
            place = match.span("place") if named.get("place") else None
            return Dateline(place, _date(match, anchor), named_agencies(_wire(named)), match.end())
    return None


def dateline_span(article: Article) -> Span | None:
    """The whole dateline of an article up to its dash, ``None`` where it names no place."""
    place = article.dateline_place
    if place is None:
        return None
    paragraph = next((p for p in article.paragraphs if p.start <= place.start < p.end), place)
    found = read_dateline(paragraph.text, None)
    return Span.of(article.text, paragraph.start, paragraph.start + found.end) if found else place


def read_place_line(line: str) -> tuple[int, int] | None:
    """Where the place stands in a line that is a dateline of a place alone: ``ANKARA``, ``Ludhpur:``."""
    match = _ALONE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None:
        return None
    name = "place" if match["place"] else "place2"
    return match.span(name) if _is_place(match[name]) else None


def _plausible(match: re.Match[str]) -> bool:
    named = match.groupdict()
    place = named.get("place")
    return _is_place(place) if place else bool(named_agencies(_wire(named)))


def _wire(named: dict[str, str | None]) -> str:
    return named.get("wire") or named.get("slashed") or ""


def _is_place(name: str) -> bool:
    return name[:1].isupper() and len(name) <= _LONGEST and name.lower().split()[0] not in _NOT_PLACES


def _date(match: re.Match[str], anchor: str | None) -> Stamp | None:
    named = match.groupdict()
    month, day = named.get("month") or named.get("month2"), named.get("day") or named.get("day2")
    if not month or not day:
        return None
    found = day_near(month, int(day), int(named["year"]) if named.get("year") else None, anchor)
    return Stamp(found.isoformat(), "dateline", match[0].strip()) if found else None
