"""Wire datelines: ``KABUL, Aug 9 (Reuters) -`` at the head of the first paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.article.agencies import AGENCY, named_agencies
from dateline.article.stamps import MONTH, day_near
from dateline.records import Stamp

_CAPS = r"[A-Z][A-Z.'’-]*[A-Z.](?:[ -][A-Z][A-Z.'’-]*)*"
_TITLE = r"[A-Z][\w.'’-]*(?:[ -](?:[A-Z][\w.'’-]*|de|of|al|el|the|la|le|di|du|sur|upon))*"
_DATE = rf"(?:(?P<month>{MONTH})\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s(?P<month2>{MONTH}))(?:,?\s(?P<year>(?:19|20)\d\d))?"
_WIRE = rf"(?:[\[(](?P<wire>(?:{AGENCY})(?:\s?[/,&]\s?(?:{AGENCY}|[A-Z][\w .]{{1,30}}))*|Agency|Agencies|[A-Z][\w.' ]{{1,30}})[\])])"
_DASH = r"\s*(?:[-–—]{1,3}|:)(?=\s|[A-Z\"“'‘])\s*"
_DASH_SIGN = re.compile(r"[-–—:]\s|[–—]")
_MORE = r"(?:\s?[,/(\[]\s?(?P<more>{name})[\])]?)?"
_FORMS = (
    re.compile(
        rf"(?P<place>{_TITLE}){_MORE.format(name=_TITLE)}(?:,|\.)?\s(?:\w{{3,9}}\s?,\s)?{_DATE},?\s?{_WIRE}?{_DASH}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<place>{_TITLE}){_MORE.format(name=_TITLE)},?\s?{_WIRE}{_DASH}"),
    re.compile(rf"{_DATE}\s?\((?P<place>{_TITLE})\){_DASH}", re.IGNORECASE),
    re.compile(rf"(?P<place>{_CAPS}){_MORE.format(name=_TITLE)}{_DASH}"),
    re.compile(rf"{_WIRE}{_DASH}"),
)
_NOT_PLACES = frozenset(
    [
        "breaking",
        "update",
        "updated",
        "exclusive",
        "live",
        "watch",
        "factbox",
        "explainer",
        "analysis",
        "opinion",
        "editorial",
        "note",
        "correction",
        "refile",
        "video",
        "photos",
    ]
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place (offsets into the paragraph), day and agencies of a dateline; each may be unknown."""

    place: tuple[int, int] | None
    date: Stamp | None
    agencies: tuple[str, ...]


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
            return Dateline(place, _date(match, anchor), named_agencies(named.get("wire") or ""))
    return None


def _plausible(match: re.Match[str]) -> bool:
    place = match.groupdict().get("place")
    if place is None:
        return bool(named_agencies(match["wire"]))
    return place[:1].isupper() and len(place) <= 60 and place.lower().split()[0] not in _NOT_PLACES


def _date(match: re.Match[str], anchor: str | None) -> Stamp | None:
    named = match.groupdict()
    month, day = named.get("month") or named.get("month2"), named.get("day") or named.get("day2")
    if not month or not day:
        return None
    found = day_near(month, int(day), int(named["year"]) if named.get("year") else None, anchor)
    return Stamp(found.isoformat(), "dateline", match[0].strip()) if found else None
