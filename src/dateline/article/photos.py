"""Captions and picture credits."""

from __future__ import annotations

import re

from dateline.article.agencies import AGENCY

_LABEL = re.compile(
    r"[\[(\s]*(?:(?:file|representational|representative|representation|representative)?[\s-]*"
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?)(?:\s(?:credits?|courtesy|by|source|for\srepresentation|copyright|from))*"
    r"|credits?|image\scaption|caption|courtesy)\s*[:：|]\s*(?P<rest>.{0,300}?)[\])\s]*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"[\[(\s]*(?:photo(?:graph)?s?|image|picture|pic)\s(?:by|courtesy(?:\sof)?|credit)\s(?P<rest>.{2,80}?)[\])\s.]*",
    re.IGNORECASE,
)
_MAKER = (
    rf"(?:{AGENCY}|Getty(?: Images)?|AFP via Getty Images|Shutterstock|iStock|Alamy|EPA(?:-EFE)?|Handout|Supplied|Stringer|"
    r"Planet Labs|Maxar(?: Technologies)?|Wikimedia(?: Commons)?|Wikipedia|Unsplash|Pixabay|NurPhoto|Zuma(?: Press)?|Sipa(?: USA)?|ANI Photo|PTI Photo|AP Photo|UN Photo|"
    r"X|Twitter|Facebook|Instagram|Telegram|Screengrab|File(?: photo| image| picture)?|Reuters)"
)
_BARE = re.compile(
    rf"[\[(|\s]*(?:(?:AP|AFP|PTI|UN|EPA|ANI) Photo(?:/[\w .'’-]{{2,50}})?|(?:REUTERS|Reuters|AFP|EPA|AP|Getty|GETTY)\s?/\s?[\w .,'’/-]{{2,60}}"
    rf"|[A-Z][\w.'’-]+(?: [\w.'’-]+){{0,3}}\s?/\s?{_MAKER}(?:\s?[/,]\s?{_MAKER})*|(?:{_MAKER})?\s?(?:via\s)?Getty Images(?:/[\w .'’-]{{2,40}})?"
    rf"|{_MAKER}\s?(?:/|via)\s?{_MAKER}|(?:File|Archive)(?: photo| image| picture)?)[\])\s.]*"
)
_TAIL = re.compile(
    rf"^(?P<caption>.{{12,390}}?)\s*(?:[\[(]\s*(?P<credit>(?:(?:File|Photo|Image|Picture|Credit|Courtesy)(?: photo| credit| by)?\s?[:/]?\s?)?[^\[\]()]{{0,60}}?(?:/\s?{_MAKER}|{_MAKER}\s?/|(?:AP|AFP|PTI|UN|EPA|ANI) Photo|Getty Images|Handout|Screengrab|(?:Photo|Image|Picture|File)\s?:)[^\[\]()]{{0,60}})[\])]"
    rf"|(?:\||\s[-–—])?\s*(?:Photo|Image|Picture)s? (?:Credits?|Courtesy|by)\s?:?\s(?P<label>[^.|]{{2,80}})"
    rf"|(?P<wire>(?:REUTERS|AP Photo|AFP PHOTO|EPA|Reuters)\s?/\s?[A-Z][\w .'’-]{{2,50}}))[\s.]*$"
)


def read_photo(line: str) -> tuple[str | None, str | None] | None:
    """Caption and credit when the line belongs to a picture, else ``None``; either may be unknown."""
    if len(line) > 400:
        return None
    match = _LABEL.fullmatch(line)
    if match:
        return _labelled(line, match["rest"])
    match = _BY.fullmatch(line)
    if match:
        return None, match["rest"]
    if _BARE.fullmatch(line):
        return None, line.strip("[](). |")
    match = _TAIL.match(line)
    if match:
        return match["caption"].strip(" |"), match["credit"] or match["label"] or match["wire"]
    return None


def _labelled(line: str, rest: str) -> tuple[str | None, str | None]:
    value = rest.strip("[]()., ") or None
    caption = "caption" in line[:20].lower() or (value is not None and value.count(" ") > 7)
    return (value, None) if caption else (None, value)
