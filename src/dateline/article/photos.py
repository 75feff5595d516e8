"""Captions and picture credits."""

from __future__ import annotations

import re

from dateline.article.agencies import AGENCY

_FILE = r"(?:file|representational|representative|representation|illustrative)"
_PHOTO = r"(?:photo(?:graph)?s?|images?|pictures?|pics?)"
_LABEL = re.compile(
    rf"[\[(\s]*(?P<label>(?:{_FILE}[ -]?)?{_PHOTO}(?: (?:credits?|courtesy|by|source|for representation|"
    rf"copyright|from))*"
    r"|credits?|image caption|caption|courtesy)\s?(?:[:：|]|(?<=image source),|(?<=image caption),)\s?"
    r"(?P<rest>.{0,300}?)[\])\s]*",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"[\[(\s]*(?:(?:[A-Z][\w.]+ )?(?:staff|file) )?(?:[A-Z][\w.]+ )?{_PHOTO} (?:by|courtesy(?: of)?|credit) "
    rf"(?P<rest>.{{2,80}}?)[\])\s.]*",
    re.IGNORECASE,
)
_MAKER = (
    rf"(?:{AGENCY}|Getty(?: Images)?|GETTY IMAGES|Shutterstock|iStock|Alamy|EPA(?:-EFE)?|Handout|HANDOUT|"
    rf"Supplied|Stringer|"
    r"Planet Labs(?: PBC)?|Maxar(?: Technologies)?|Wikimedia(?: Commons)?|Wikipedia|Unsplash|Pixabay|NurPhoto|"
    r"Zuma(?: Press)?|Sipa(?: USA)?|(?:ANI|PTI|AP|AFP|UN|EPA|REUTERS) (?:Photo|PHOTO)|X|Twitter|Facebook|Instagram|"
    r"Telegram|Screengrab|File(?: [Pp]hoto| [Ii]mage| [Pp]icture)?)"
)
_NAME = r"[A-Z][\w.'’-]+(?: [\w.'’-]+){0,4}"
_CREDIT = (
    rf"(?:(?:AP|AFP|PTI|UN|EPA|ANI|REUTERS) (?:Photo|PHOTO)(?:\s?/\s?{_NAME})?(?:,? [Ff]ile)?"
    rf"|(?:REUTERS|Reuters|AFP|EPA(?:-EFE)?|AP|Getty|GETTY)\s?/\s?[A-Z][\w .,'’/-]{{2,60}}"
    rf"|{_NAME}\s?/\s?{_MAKER}(?:\s?[/,]\s?{_MAKER}){{0,3}}"
    rf"|(?:{_NAME}\s?/\s?)?(?:{_MAKER} )?(?:via )?Getty Images(?:/{_NAME})?"
    rf"|{_MAKER}(?:\s?/\s?| via ){_MAKER})"
)
_WORD = r"(?:File|FILE|Photo|Photograph|Image|Picture|Credit|Courtesy)"
_BARE = re.compile(
    rf"[\[(|\s]*(?:{_WORD}(?: photo)?\s?[:-]\s?)?"
    rf"(?:{_CREDIT}|(?:File|Archive|Represent(?:ational|ative)|Illustrative) (?:photo|image|picture))[\])\s.]*"
)
_TAIL = re.compile(
    rf"(?:[\[(]\s?(?:{_WORD}(?: photo| credit| by)?\s?[:/-]?\s?)?{_CREDIT}\s?[\])]"
    rf"|(?<=[\w%]\s)\({_MAKER}\)(?=\s*$)|[\[(]{_WORD}\s?[:/-]?\s?{_MAKER}[\])]"
    rf"|[\[(]\s?{_WORD}(?: (?:credit|by|photo|courtesy))?\s?[:/]?\s[^()\[\]]{{2,60}}[\])]"
    r"|(?:\||\s-|\s–|\.)?\s?(?:Photo|Image|Picture)s? (?:Credits?|Courtesy|credits?)\s?:?\s[^.|]{2,80}"
    r"|(?:\||[.”\"])\s(?:Photograph|Photo|Picture|Image)s?\s?:\s?[A-Z][^.|]{2,60}"
    r"|\s(?:REUTERS|AP Photo|AFP PHOTO|EPA|Reuters)\s?/\s?[A-Z][\w .'’-]{2,50})[\s.]*$"
)
_LABEL_OF_CREDIT = re.compile(rf"^{_WORD}s?(?: credits?| courtesy| by)?\s?[:/-]\s?", re.IGNORECASE)
_COUNTER = re.compile(r"^\[\d{1,2}/\d{1,2}\]\s?")
_HINTS = ("photo", "image", "pic", "credit", "courtesy", "caption", "getty", "file", "/")
_INSIDE, _MAX_NAME = 170, 10


def read_photo(line: str) -> tuple[str | None, str | None] | None:
    """Caption and credit when the line belongs to a picture, else ``None``; either may be unknown."""
    if len(line) > 400 or not _may_be(line):
        return None
    match = _LABEL.fullmatch(line)
    if match and not _runs_on(match["label"], match["rest"]):
        return _labelled(match["label"], match["rest"])
    match = _BY.fullmatch(line)
    if match:
        return None, match["rest"]
    if _BARE.fullmatch(line):
        return None, line.strip("[](). |")
    return _caption(line)


def _may_be(line: str) -> bool:
    """A quick look that spares most lines the patterns."""
    lower = line.lower()
    return line.endswith(("]", ")", "].", ").")) or any(hint in lower for hint in _HINTS)


def _runs_on(label: str, rest: str) -> bool:
    """True when running text was glued to a picture's label: its own words cannot be told from the article's."""
    return "caption" not in label.lower() and rest.count(" ") >= _MAX_NAME and rest.endswith((".", "”", '"'))


def _caption(line: str) -> tuple[str, str] | None:
    """A sentence that ends in the credit of its picture."""
    start = max(12, len(line) - _INSIDE)
    match = _TAIL.search(line, start) if len(line) > 24 else None
    if match is None:
        return None
    credit = _LABEL_OF_CREDIT.sub("", match[0].strip('[](). |-”"'))
    cut = match.start() + (match[0][:1] in '.”"')
    return _COUNTER.sub("", line[:cut].strip(" |")), credit.strip()


def _labelled(label: str, rest: str) -> tuple[str | None, str | None]:
    value = rest.strip("[]()., ") or None
    is_caption = "caption" in label.lower() or (value is not None and value.count(" ") > 7)
    return (value, None) if is_caption else (None, value)
