"""Page furniture: what a line of a scraped page is, told from the line alone."""

from __future__ import annotations

import re
from enum import Enum

from dateline.article import phrases
from dateline.article.phrases import plain_marks

MAX_FURNITURE = 400
_LONG_LINK = 13
_WORD = re.compile(r"[A-Za-z+-]+")
_ENDS_PROSE = re.compile(r"""[.!?…][)\]"'”’»]*$""")
_ENDS_ABBREVIATED = re.compile(r"(?:^|\s|\.)(?:[A-Z]|U\.S|U\.N|U\.K|E\.U|Inc|Co|Jr|Sr|St|Mr|Dr)\.$")
_TWEET = ("pic.twitter.com/", "pic.x.com/")


class Kind(Enum):
    """What a line is. ``BODY`` is the answer to every doubt."""

    BODY = "body"
    NOISE = "noise"  # never content, wherever it stands
    LINK = "link"  # a labelled pointer to another article
    LIST = "list"  # the heading of a list of links
    END = "end"  # the heading of what follows an article: comments, most read
    HIGHLIGHTS = "highlights"  # the heading of highlights, which are content
    EMBED = "embed"
    PHOTO = "photo"
    CREDIT = "credit"  # what a text owes to agencies


_KINDS = (
    (Kind.EMBED, phrases.EMBED),
    (Kind.END, phrases.END),
    (Kind.LIST, phrases.LIST),
    (Kind.HIGHLIGHTS, phrases.HIGHLIGHTS),
    (Kind.NOISE, phrases.NOISE),
    (Kind.LINK, phrases.LINK),
)


def kind_of(line: str) -> Kind:
    """What one cleaned line is, ``BODY`` when it is not recognised. Looks at no neighbour; knows no pictures."""
    if len(line) > MAX_FURNITURE:
        return Kind.BODY
    plain = plain_marks(line)
    if phrases.PROMPT.match(plain):
        return Kind.NOISE
    if any(mark in line for mark in _TWEET) and line.count(" ") < 5:
        return Kind.EMBED
    if len(line) <= 240:
        for kind, pattern in _KINDS:
            if pattern.fullmatch(plain):
                return Kind.BODY if kind is Kind.LINK and _runs_on(line) else kind
    return Kind.NOISE if is_bar(line) else Kind.BODY


def _runs_on(line: str) -> bool:
    """True when running text may have been glued to the headline that a link names."""
    return line.endswith((".", "”", '"')) and line.count(" ") >= _LONG_LINK


def is_bar(line: str) -> bool:
    """True for a row of share buttons or menu entries: ``Facebook Twitter WhatsApp Email``."""
    if len(line) > 160 or line.endswith((".", "?", "!")):
        return False
    found = [word.lower() for word in _WORD.findall(line)]
    return bool(found) and all(w in phrases.BAR_WORDS for w in found) and any(w in phrases.BAR_SIGNS for w in found)


def is_prose(line: str) -> bool:
    """True when a line reads as running text: it ends as a sentence does, or is long."""
    count = line.count(" ") + 1
    if count >= 25:
        return True
    if line.endswith(":"):
        return count >= 6
    return count >= 5 and bool(_ENDS_PROSE.search(line)) and not (count < 14 and _ENDS_ABBREVIATED.search(line))
