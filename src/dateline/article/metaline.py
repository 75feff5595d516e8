"""Lines about the article: bylines, sections and printed stamps, alone or several on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.article.agencies import is_agency_byline, named_agencies
from dateline.article.stamps import cut_stamp
from dateline.records import Stamp

_LABEL = (
    r"(?:(?:first|last|originally|date|article|story)\s)?(?:published|updated?|posted|modified|issued|created|uploaded|"
    r"released|last\supdate|publication\sdate|added|date|edited|revised)"
)
_CUT = re.compile(
    rf"\s*[|•·●►]\s*|\s[–—-]\s|\s{{2,}}|(?<=[a-z)])(?=(?:Updated|Published|Posted|Last [Uu]pdated)\b)|\s(?={_LABEL}\b\s?(?:on\b|at\b|:|date\b))|(?<=[\w.)]),?\s(?=by\s[A-Z])",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"[\[(\s]*(?P<label>{_LABEL})\b(?:\s(?:on|at|date|by|time))?\s?[:,–—-]?\s*", re.IGNORECASE)
_UPDATE = re.compile(r"updat|modif|edited|revised", re.IGNORECASE)
_READ_TIME = re.compile(
    r"(?:reading\s)?(?:time:?\s)?\d{1,3}\s?-?min(?:ute)?s?\.?(?:\sread)?|\d{1,3}\s?(?:h|hrs?|hours?|days?|m)\sago|\d[\d,.]*k?\s(?:comments?|shares?|views?)",
    re.IGNORECASE,
)
_NAME = r"(?:(?:[A-Z][\w.'’-]*|de|da|di|del|der|den|van|von|al|el|bin|ibn|la|le|ul|ur)(?:\s|$)){1,6}"
_BY = re.compile(
    r"(?:(?:written|reported|report|reporting|story|words|posted|published|edited|compiled|text|analysis|exclusive|opinion)\s+)?by\s?:?\s+(?P<name>[^\s].{1,160})|(?:authors?|reporter|writer|correspondent|editor)s?\s?:\s*(?P<role>.{2,120})",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"(?P<outlet>(?:[A-Z][\w.&'’-]*\s){0,4}?)(?:(?:Web|News|Online|Digital|Express|World|National|International|Foreign|Internet|Global|Central)\s){0,2}"
    r"(?:Team|Desk|Staff|Bureau|Newsdesk|Correspondents?|Reporters?|Web\s?[Dd]esk|Staff\s(?:Writer|Reporter|Correspondent)s?|Editors|Monitoring|Agencies|News\sService|Special\sCorrespondent)"
)
_GENERIC = frozenset(
    [
        "our",
        "web",
        "news",
        "online",
        "digital",
        "staff",
        "special",
        "world",
        "national",
        "the",
        "international",
        "own",
        "foreign",
        "senior",
        "chief",
        "by",
        "from",
        "political",
        "diplomatic",
        "defence",
        "defense",
        "security",
        "crime",
    ]
)
_PERSON = re.compile(
    r"(?:[A-Z][\w.'’-]*)(?:\s(?:[A-Z][\w.'’-]*|de|da|di|del|der|den|van|von|al|el|bin|ibn|la|le|ul|ur|and|&),?){1,7}"
)
_ROLE = re.compile(
    r".{0,60}\b(?:correspondent|reporter|editor|writer|journalist|columnist|producer|analyst|bureau chief|contributor|"
    r"fellow|staff)\b.{0,60}|.{0,40}\b(?:BBC News|Al Jazeera|CNN|Reuters|NPR|The Guardian|Sky News|Euronews)\b.{0,30}",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    [
        "the",
        "in",
        "on",
        "at",
        "of",
        "for",
        "to",
        "after",
        "as",
        "with",
        "from",
        "how",
        "why",
        "what",
        "new",
        "news",
        "world",
        "us",
        "uk",
        "eu",
        "un",
        "says",
        "amid",
        "over",
        "against",
        "home",
        "politics",
        "war",
        "attack",
        "killed",
        "video",
        "photo",
        "story",
    ]
)


@dataclass(slots=True)
class MetaLine:
    """What one line says of the article. ``rest`` are the parts that were not understood."""

    byline: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    labelled: bool = False
    clock_only: bool = False
    credit: str | None = None
    rest: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """True when anything was understood."""
        return any((self.byline, self.published, self.updated, self.labelled, self.clock_only, self.credit))


def read_metaline(line: str, *, top_level: str | None = None) -> MetaLine:
    """Take a line apart at its separators and read each part as a stamp, a byline or a picture's credit."""
    found, rest = MetaLine(), []
    if len(line) > 260:
        return found
    for part in (p.strip(" ,;") for p in _CUT.split(line)):
        if part and not (
            _read_stamp(part, found, top_level) or _read_byline(part, found) or _READ_TIME.fullmatch(part)
        ):
            rest.append(part)
    found.rest = tuple(rest)
    return found


def _read_stamp(part: str, found: MetaLine, top_level: str | None) -> bool:
    label = _LABELLED.match(part)
    body = part[label.end() :] if label else part
    stamp, rest = cut_stamp(body, "furniture", top_level=top_level)
    if stamp is None:
        clock = bool(_CLOCK_ALONE.fullmatch(body))
        found.clock_only = found.clock_only or clock
        return clock
    if rest:
        return False
    name = "updated" if label and _UPDATE.search(label["label"]) else "published"
    found.labelled = found.labelled or label is not None
    if getattr(found, name) is None:
        setattr(found, name, stamp)
    return True


_CLOCK_ALONE = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)\s?\(?(?:[A-Z]{2,5}|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?)?\)?"
    r"(?:\s?/\s?\d{1,2}[:.]\d\d\s?[A-Z]{2,5})?",
    re.IGNORECASE,
)


def _read_byline(part: str, found: MetaLine) -> bool:
    name = byline_of(part)
    if name is None:
        return False
    found.byline = found.byline or name
    return True


def byline_of(line: str) -> str | None:
    """The name in a line that is a byline by its own form: ``By Jane Roe``, ``WION Web Team``, ``Reuters``."""
    if len(line) > 160 or line.endswith((".", "?", "!", ":")):
        return None
    match = _BY.fullmatch(line)
    if match:
        name = (match["name"] or match["role"]).strip()
        return name if _names(name) else None
    return line if _DESK.fullmatch(line) or is_agency_byline(line) else None


def _names(name: str) -> bool:
    """True when every comma- or and-part starts with a capital, as names and roles do."""
    return name[:1].isupper() or name[:1] in "@" or bool(named_agencies(name))


def is_person(line: str) -> bool:
    """True when a line could be a person's name alone: two to six capitalised words, none of them of headlines."""
    words = line.replace(",", "").split()
    if not 2 <= len(words) <= 9 or len(line) > 80 or not _PERSON.fullmatch(line):
        return False
    return not any(word.lower() in _NOT_A_NAME for word in words)


def is_role(line: str) -> bool:
    """True when a short line says what the writer does: ``Diplomatic correspondent``, ``BBC News, Kabul``."""
    return len(line) < 90 and not line.endswith((".", "?", "!")) and bool(_ROLE.fullmatch(line))


def outlet_of_byline(byline: str) -> str | None:
    """The outlet that a desk's name tells: ``WION Web Team`` is WION's; ``Our Web Desk`` tells none."""
    match = _DESK.fullmatch(byline)
    words = match["outlet"].split() if match else []
    return " ".join(words) if words and not all(word.lower() in _GENERIC for word in words) else None
