"""Normalisation that changes white space and invisible control characters, never words."""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def printable(text: str) -> str:
    """The text without control characters and lone surrogates, which neither parsers nor files can hold."""
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))


def clean(text: str) -> str:
    """Newlines as ``\\n``, no control characters, single spaces, no spaces at line ends."""
    text = printable(_NEWLINES.sub("\n", text))
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def squeeze(text: str) -> str:
    """All of ``text`` on one line."""
    return " ".join(clean(text).split())


def same_words(one: str, other: str) -> bool:
    """True when two lines differ in case, white space, quote style or a final full stop at most."""
    return _key(one) == _key(other) != ""


def _key(text: str) -> str:
    return squeeze(text).translate(_QUOTES).casefold().rstrip(". ")
