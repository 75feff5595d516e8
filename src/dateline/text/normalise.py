"""Normalisation that changes white space and invisible control characters, never words."""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def clean(text: str) -> str:
    """Newlines as ``\\n``, no control characters, single spaces, no spaces at line ends."""
    text = _NEWLINES.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n"))


def squeeze(text: str) -> str:
    """All of ``text`` on one line."""
    return " ".join(clean(text).split())


def same_words(one: str, other: str) -> bool:
    """True when two lines differ in case, white space, quote style or a final full stop at most."""
    return _key(one) == _key(other) != ""


def _key(text: str) -> str:
    return squeeze(text).translate(_QUOTES).casefold().rstrip(". ")
