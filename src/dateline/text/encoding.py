"""Bytes to characters: byte order mark, then what was declared, then UTF-8, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dateline.records import Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_LATIN = {"ascii", "iso8859-1", "cp1252"}
_MOJIBAKE = re.compile("â€[\x80-\xbf\u0152-\u2122]|Ã[\x80-\xbf\u0152-\u2122]|Â[\xa0-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding they were read with, and what was doubtful about it."""

    text: str
    charset: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, charset: str | None = None, where: str | None = None) -> Decoded:
    """Decode ``data``; never raises. Doubts (mixed, guessed, broken UTF-8 read as Latin) become problems."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], name, where)
    wide = _wide_without_bom(data)
    if wide is not None:
        return _lenient(data, wide, where)
    found = _known(charset) or declared(data)
    text = _strict(data, "utf-8")
    if text is not None and (found is None or found == "utf-8" or found in _LATIN):
        return _mended(text, "utf-8", where)
    if found is not None and found != "utf-8":
        text = _strict(data, "cp1252" if found in _LATIN else found)
        if text is not None:
            return _mended(text, found, where)
    return _guess(data, where)


def declared(data: bytes) -> str | None:
    """The encoding that an HTML or XML head names, as Python calls it; ``None`` when none or unknown."""
    match = _META.search(data[:4096]) or _XML.search(data[:400])
    return _known(match.group(1).decode("ascii", "replace")) if match else None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _lenient(data: bytes, name: str, where: str | None) -> Decoded:
    text = data.decode(name, "replace")
    if "\ufffd" not in text:
        return _mended(text, name, where)
    return Decoded(text, name, (_mixed(f"some bytes are not valid {name}", where),))


def _wide_without_bom(data: bytes) -> str | None:
    head = data[:512]
    if len(head) < 8 or b"\x00" not in head:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.6 * half and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.6 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _guess(data: bytes, where: str | None) -> Decoded:
    """Not UTF-8 and not what was declared: mostly UTF-8, Western, or whatever fits the bytes best."""
    broken = data.decode("utf-8", "replace")
    valid = sum(1 for char in broken if ord(char) > 127 and char != "\ufffd")
    if valid and valid >= broken.count("\ufffd"):
        text = _byte_by_byte(data)
        return Decoded(text, "utf-8", (_mixed("UTF-8 with stray Western bytes", where),))
    western = _strict(data, "cp1252")
    high = sum(1 for byte in data[:65536] if byte > 127) / max(1, len(data[:65536]))
    if western is not None and high < 0.1:
        return _mended(western, "cp1252", where)
    name = _best_fit(data[:65536])
    text = data.decode(name, "replace")
    note = Problem("encoding-guessed", f"no encoding is declared; read as {name}", "Save the input as UTF-8.", where)
    return Decoded(text, name, (note,))


def _best_fit(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _byte_by_byte(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _mended(text: str, name: str, where: str | None) -> Decoded:
    """Undo UTF-8 that was read as Western once before it reached us, and say so."""
    if not _MOJIBAKE.search(text):
        return Decoded(text, name)
    mended, count = _MOJIBAKE.subn(_undo, text)
    message = f"{count} characters were garbled by an earlier wrong decoding (such as {_MOJIBAKE.findall(text)[0]!r})"
    note = Problem("mojibake", f"{message}; mended where possible", "Fetch the text again as UTF-8.", where)
    return Decoded(mended, name, (note,))


def _undo(match: re.Match[str]) -> str:
    raw = bytearray()
    for char in match[0]:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 255:
                return match[0]
            raw.append(ord(char))
    return _strict(bytes(raw), "utf-8") or match[0]


def _mixed(what: str, where: str | None) -> Problem:
    return Problem("mixed-encoding", f"the bytes mix encodings: {what}", "Save the input as UTF-8.", where)
