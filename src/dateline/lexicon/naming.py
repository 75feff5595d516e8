"""Names as they are compared: tokens with their offsets, folded to one spelling.

Folding drops case, accents, full stops and possessives, and the Arabic article where it is hyphened to a name, so that
"Abdel-Fattah el-Sisi's" and "abdel fattah al-Sisi" are the same name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ‘.][^\W_]+)*", re.UNICODE)
_ARTICLES = frozenset(("al", "el", "ad", "an", "as", "ash", "at", "ul", "ur"))
_STROKES = str.maketrans("øØłŁđĐıŁəƏ’ʼ‘", "oOlLdDiLeE'''")
_IRREGULAR = {
    "people": "people", "children": "child", "schoolchildren": "schoolchild", "grandchildren": "grandchild",
    "troops": "troop", "police": "police", "forces": "forces", "authorities": "authorities", "wives": "wife",
    "thieves": "thief", "media": "media", "corps": "corps", "press": "press", "headquarters": "headquarters",
    "personnel": "personnel", "staff": "staff", "news": "news", "congress": "congress", "affairs": "affairs",
    "states": "states", "us": "us", "crossfire": "crossfire", "class": "class", "boss": "boss", "princess": "princess",
    "nations": "nations", "services": "service", "witness": "witness", "mistress": "mistress", "men": "man",
    "women": "woman", "dead": "dead", "wounded": "wounded", "displaced": "displaced", "peacekeepers": "peacekeeper",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word: offsets in the text it was cut from, how it stands there, its folded key, and its neighbours.

    ``hyphen`` tells that a hyphen joins it to the next word, ``possessive`` that it carries a possessive ending.
    """

    start: int
    end: int
    text: str
    key: str
    hyphen: bool
    possessive: bool

    @property
    def capital(self) -> bool:
        """True when the word begins with a capital or a digit."""
        return not self.text[0].islower()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The folded key of one word: lower case, no accents, no full stops, no possessive."""
    flat = word.translate(_STROKES)
    if not flat.isascii():
        flat = "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
    flat = flat.replace(".", "").casefold()
    flat = flat[:-2] if flat.endswith("'s") else flat
    return flat.replace("'", "")


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; a hyphened Arabic article ("al-", "el-") is left out."""
    out = []
    for m in _TOKEN.finditer(text):
        start, end = m.span()
        hyphen = text[end : end + 1] in ("-", "‐", "‑") and text[end + 1 : end + 2].isalnum()
        word = m.group()
        key = fold(word)
        if not key or (hyphen and key in _ARTICLES and len(word) <= 3):
            continue
        tail = word[-2:] in ("'s", "’s") or (word[-1] in "sS" and text[end : end + 1] in ("'", "’"))
        out.append(Token(start, end, word, key, hyphen, tail))
    return tuple(out)


def key_of(name: str) -> str:
    """The key under which a whole name is filed: its folded words joined by spaces."""
    return " ".join(t.key for t in tokens(name))


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of a folded English noun, near enough to look up agent words."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def plural(word: str) -> bool:
    """True when a folded noun is plural or stands for several."""
    return word in _PLURALS or singular(word) != word


_PLURALS = frozenset(("people", "police", "troops", "forces", "authorities", "personnel", "staff", "media", "dead",
                      "wounded", "displaced", "us", "both"))  # fmt: skip
