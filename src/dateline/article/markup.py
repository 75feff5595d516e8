"""HTML text to a tree, whatever its size or shape."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from itertools import islice
from typing import Any

MAX_MARKUP = 2_000_000
MAX_ELEMENTS = 50_000
_LARGE = 600_000
_OPEN = re.compile(
    r"<(?:(?P<tag>script|style|svg|noscript|template|iframe|head|nav|footer)\b[^<>]{0,2000}>|(?P<comment>!--))",
    re.IGNORECASE,
)
_WEIGHT = frozenset(("script", "style", "svg", "noscript", "template", "iframe"))
_CHROME = _WEIGHT | {"head", "nav", "footer"}
_INLINE_DATA = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=]{200,}")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|tr|section|article|header|main|blockquote|table|ul|ol)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[!/?]?[a-zA-Z-][^<>]*>")

# lxml ships no types that say what an element is; every use is local to this room.
Element = Any


def lighten(markup: str) -> tuple[str, bool]:
    """A large page without scripts, styles and inline data, cut at ``MAX_MARKUP``; True when something was cut off."""
    if len(markup) <= _LARGE:
        return markup, False
    markup = _INLINE_DATA.sub("", _without(markup, _WEIGHT))
    return markup[:MAX_MARKUP], len(markup) > MAX_MARKUP


def _without(markup: str, tags: Collection[str]) -> str:
    """The markup without comments and these elements, JSON-LD kept. Linear: a missing end is searched for once."""
    lower, parts, at, open_ended = markup.lower(), [], 0, set()
    for match in _OPEN.finditer(markup):
        tag = (match["tag"] or "--").lower()
        if match.start() < at or tag in open_ended or (tag != "--" and tag not in tags) or "ld+json" in match[0]:
            continue
        end = lower.find("-->" if tag == "--" else f"</{tag}", match.end())
        if end < 0:
            open_ended.add(tag)
            continue
        parts.append(markup[at : match.start()])
        at = end + 3 if tag == "--" else markup.find(">", end) + 1 or len(markup)
    return " ".join([*parts, markup[at:]])


def parse(markup: str) -> Element | None:
    """The root element, ``None`` when the parser finds nothing. The parser gives up below 2,048 levels."""
    from lxml import etree, html

    typeless: Any = html
    parser = typeless.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return typeless.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def is_crowded(root: Element) -> bool:
    """True for more elements than extraction, which is not linear in them, gets through in seconds."""
    return sum(1 for _ in islice(root.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS


def text_of(element: Element) -> str:
    """All text inside an element on one line."""
    return " ".join("".join(element.itertext()).split())


def bare_text(markup: str) -> str:
    """The words of a page whose markup cannot be trusted: tags are dropped, block tags end lines."""
    text = _BLOCK_TAG.sub("\n", _without(markup, _CHROME))
    return unescape(_TAG.sub("", text))
