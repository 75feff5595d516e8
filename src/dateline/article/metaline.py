"""Lines about the article: bylines, sections and printed stamps, alone or several on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.article.agencies import is_agency_byline, named_agencies
from dateline.article.furniture import is_prose
from dateline.article.phrases import words
from dateline.article.stamps import MONTH, cut_stamp
from dateline.records import Stamp

MAX_META = 260
_MAX_SENTENCE = 100
_HINT = re.compile(
    r"\d|\b[Bb][Yy]|[A-Z]{2}|Team|Report|Desk|[Ss]taff|Bureau|Correspondent|Reporter|Writer|Editor|Author|"
    r"reporter|writer|News|"
    r"Monitoring|Agenc|agenc|Press|dpa|Reuters|Bloomberg|Kyodo|Anadolu|Yonhap|Xinhua|Interfax|Antara|Bernama|"
    r"Lusa|Jiji|Wire|wire"
)
_MAX_REST = 5  # a part of more words than these is text, and so is its line
_LABEL = (
    r"(?:(?:first|last|originally|date|article|story|time)\s)?(?:published|updated?|posted|modified|issued|created|"
    r"uploaded|released|publication\sdate|added|date|edited|revised)"
)
_CAPITAL_LABEL = (
    r"(?=[A-Z])(?:(?:First|Last|Originally|Date)\s)?(?:[Pp]ublished|[Uu]pdated?|[Pp]osted|[Mm]odified|[Ii]ssued|"
    r"[Cc]reated|[Uu]ploaded)"
)
_CUT = re.compile(
    r"\s?[|•·●►∙]\s?|\s[–—-]\s|(?<=[a-z)])(?=(?:Updated|Published|Posted|Last [Uu]pdated|First [Pp]ublished)\b)"
    rf"|\s(?={_CAPITAL_LABEL}\b(?:\s?:|\s(?:on|at|date)\b|\s[A-Z0-9]))"
    r"|(?<=[\d,;)M]),?\s(?=(?:by|By|BY)\s[A-Z])"
)
_LABELLED = re.compile(rf"[\[(\s]*(?P<label>{_LABEL})\b(?:\s(?:on|at|date|by|time))?\s?[:,–—-]?\s*", re.IGNORECASE)
_UPDATE = re.compile(r"updat|modif|edited|revised", re.IGNORECASE)
_PASSING = re.compile(
    r"(?:reading\s)?(?:time:?\s)?\d{1,3}[ -]?min(?:ute)?s?\.?(?: read)?|\d{1,3} ?(?:h|hrs?|hours?|days?|m|mins?) ago|"
    r"\d[\d,.]*k? (?:comments?|shares?|views?)|share|save|print|comments?",
    re.IGNORECASE,
)
_CLOCK_ALONE = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?) ?\(?(?:[A-Z]{2,5}|(?:GMT|UTC) "
    r"?[+-]\d{1,2}(?::?\d\d)?)?\)?"
    r"(?: ?/ ?\d{1,2}[:.]\d\d [A-Z]{2,5})?",
    re.IGNORECASE,
)
_CLOCK_SIGN = re.compile(r"[:.]\d\d|[ap]\.?m", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:written|reported|report|reporting|story|words|posted|published|edited|compiled|text|analysis|"
    r"exclusive|opinion) )?"
    r"by ?:? (?P<name>[^\s].{1,160})|(?:authors?|reporter|writer|correspondent|editor)s?\s?: ?(?P<role>.{2,120})",
    re.IGNORECASE,
)
_GLUED_BY = re.compile(r"By(?P<name>[A-Z].{3,80})")
_SPEC = r"(?:Web|News|Online|Digital|Express|World|National|International|Foreign|Internet|Global|Central)"
_DESK = re.compile(
    rf"(?:(?:By|BY) )?(?P<outlet>(?:[A-Z][\w.&'’-]*\s){{0,4}}?)(?:(?:{_SPEC}\s){{0,2}}"
    r"(?:Team|Desk|[Ss]taff|Bureau|Newsdesk|Correspondents?|Reporters?|Web\s?[Dd]esk|[Ss]taff\s(?:[Ww]riter|"
    r"[Rr]eporter|"
    r"[Cc]orrespondent)s?|Editors|Monitoring|News\sService|Special\sCorrespondent)"
    rf"|(?:{_SPEC}|Staff|Agency|Monitoring|Desk)\s[Rr]eport)"
)
_GENERIC = words("""
    our web news online digital staff special world national the international own foreign senior chief by from
    political diplomatic defence defense security crime newspaper's newspaper’s paper's paper’s correspondent's
""")
_JOINERS = words("de da di del der den van von al el bin ibn la le ul ur and & with for in y e of the")
_PERSON = re.compile(
    r"[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|de|da|di|del|der|den|van|von|al|el|bin|ibn|la|le|ul|ur|and|&)){1,7}"
    r"(?: in [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})?"
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|journalist|columnist|producer|analyst|bureau chief|contributor|"
    r"fellow|staff|BBC News|Al Jazeera|CNN|Reuters|NPR|The Guardian|Sky News|Euronews)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(rf"(?:{MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_NOT_A_NAME = words("""
    the in on at of for to after as with from how why what new news world us uk eu un says amid over against home
    politics war attack killed video photo story is are report army police president minister government forces troops
    taliban strike strikes talks deal crisis peace south north east west central middle united states kingdom republic
    islands island city state province region new times daily post herald tribune gazette
""")


@dataclass(slots=True)
class MetaLine:
    """What one line says of the article. ``rest`` are the parts that were not understood."""

    byline: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    labelled: bool = False
    clock_only: bool = False
    rest: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """True when anything was understood."""
        return any((self.byline, self.published, self.updated, self.labelled, self.clock_only))


NOTHING = MetaLine()


def read_metaline(line: str, *, top_level: str | None = None) -> MetaLine:
    """Take a line apart at its separators and read each part as a stamp or a byline."""
    if len(line) > MAX_META or (len(line) > _MAX_SENTENCE and is_prose(line)) or not _HINT.search(line):
        return NOTHING
    found, rest = MetaLine(), []
    for part in _parts(line):
        left = _read_stamp(part, found, top_level)
        if left is None and not (_read_byline(part, found) or _PASSING.fullmatch(part)):
            left = part
        if left:
            rest.append(left)
    if rest and (is_prose(line) or any(part.count(" ") >= _MAX_REST for part in rest)):
        return NOTHING
    found.rest = tuple(rest)
    return found


def _parts(line: str) -> list[str]:
    """The line itself where it is one stamp, else its parts."""
    stamp, rest = cut_stamp(line, "furniture") if line[:1].isdigit() else (None, "")
    return [line] if stamp and not rest else [part for raw in _CUT.split(line) if (part := raw.strip(" ,;"))]


def _read_stamp(part: str, found: MetaLine, top_level: str | None) -> str | None:
    """What a part says beside its stamp, ``None`` when it has none or says too much."""
    if not any(c.isdigit() for c in part):
        return None
    label = _LABELLED.match(part)
    body = part[label.end() :] if label else part
    stamp, rest = cut_stamp(body, "furniture", top_level=top_level)
    if stamp is None:
        clock = bool(_CLOCK_ALONE.fullmatch(body) and _CLOCK_SIGN.search(body))
        found.clock_only = found.clock_only or clock
        return "" if clock else None
    if rest and not ((label or "T" in stamp.value) and is_short_name(rest)):
        return None
    name = "updated" if label and _UPDATE.search(label["label"]) else "published"
    found.labelled = found.labelled or label is not None
    if getattr(found, name) is None:
        setattr(found, name, stamp)
    return rest


def is_short_name(text: str) -> bool:
    """True for up to three capitalised words, as sections and outlets have."""
    parts = text.split()
    return (
        0 < len(parts) <= 3
        and all(part[:1].isupper() for part in parts)
        and not any(c.isdigit() or c == ":" for c in text)
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
    glued = _GLUED_BY.fullmatch(line)
    if glued and is_person(glued["name"]):
        return glued["name"]
    return line if _DESK.fullmatch(line) or is_agency_byline(line) else None


def _names(name: str) -> bool:
    """True when nearly every word starts with a capital, as in names and roles, and none is a day or a month."""
    if named_agencies(name) == () and (not name[:1].isupper() or _DAYS.match(name)):
        return False
    loose = [w for w in name.split() if not w[:1].isupper() and w.lower() not in _JOINERS]
    return len(loose) * 3 <= len(name.split())


def is_person(line: str) -> bool:
    """True when a line could be a person's name alone: two to nine capitalised words, none of them of headlines."""
    parts = line.replace(",", "").split(" in ")[0].split()
    if not 2 <= len(parts) <= 9 or len(line) > 80 or (len(parts[-1]) > 3 and line.endswith(".")):
        return False
    if not _PERSON.fullmatch(line):
        return False
    return not any(word.lower() in _NOT_A_NAME for word in parts)


def is_role(line: str) -> bool:
    """True when a short line says what the writer does: ``Diplomatic correspondent``, ``BBC News, Kabul``."""
    return len(line) < 90 and line.count(" ") < 9 and not line.endswith((".", "?", "!")) and bool(_ROLE.search(line))


def outlet_of_byline(byline: str) -> str | None:
    """The outlet that a desk's name tells: ``WION Web Team`` is WION's; ``Our Web Desk`` tells none."""
    match = _DESK.fullmatch(byline)
    outlet = match["outlet"].split() if match else []
    return " ".join(outlet) if outlet and not all(word.lower() in _GENERIC for word in outlet) else None
