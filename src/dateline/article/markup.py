"""HTML text to a tree, whatever its size or shape."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

MAX_MARKUP = 4_000_000
_LARGE = 600_000
_WEIGHT = re.compile(
    r"<(?P<tag>script|style|svg|noscript|template|iframe)\b(?![^>]{0,300}ld\+json)[^>]*>.*?</(?P=tag)\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_INLINE_DATA = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=]{200,}")

_HIDDEN = re.compile(
    r"<(?P<tag>script|style|svg|head|nav|footer|template)\b[^>]*>.*?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|tr|section|article|header|main|blockquote|table|ul|ol)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[!/?]?[a-zA-Z-][^<>]*>")

# lxml ships no types that say what an element is; every use is local to this room.
Element = Any


def lighten(markup: str) -> tuple[str, bool]:
    """A large page without scripts, styles and inline data, cut at ``MAX_MARKUP``; True when something was cut off."""
    if len(markup) <= _LARGE:
        return markup, False
    markup = _INLINE_DATA.sub("", _WEIGHT.sub(" ", markup))
    return markup[:MAX_MARKUP], len(markup) > MAX_MARKUP


def parse(markup: str) -> Element | None:
    """The root element, ``None`` when the parser finds nothing. The parser gives up below 2,048 levels."""
    from lxml import etree, html

    typeless: Any = html
    parser = typeless.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return typeless.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def text_of(element: Element) -> str:
    """All text inside an element on one line."""
    return " ".join("".join(element.itertext()).split())


def bare_text(markup: str) -> str:
    """The words of a page whose markup cannot be trusted: tags are dropped, block tags end lines."""
    text = _BLOCK_TAG.sub("\n", _HIDDEN.sub("\n", markup))
    return unescape(_TAG.sub("", text))
