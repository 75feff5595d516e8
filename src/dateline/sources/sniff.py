"""What bytes are: HTML, plain text, JSON, or not text at all."""

from __future__ import annotations

import codecs
import re

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "a database"),
)
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BOMS = (codecs.BOM_UTF8, *WIDE)
_HTML_HEAD = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(rb"<(?:p|div|article|section|span|h1|h2|br|a|main|header)\b[^>]*>", re.IGNORECASE)


def not_text(data: bytes) -> str | None:
    """Why these bytes are not text, or ``None`` when they may be."""
    head = data[:8192]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head.startswith(_BOMS):
        return None
    nulls = head.count(0)
    if nulls > max(2, len(head) // 100) and not _alternating(head):
        return "binary data"
    control = sum(1 for byte in head if 0 < byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b")
    return "binary data" if control > max(2, len(head) // 50) else None


def media_type(data: bytes, name: str = "") -> str:
    """``text/html`` or ``text/plain``, from the bytes first and the file's name second."""
    head = data[:4096].replace(b"\x00", b"")
    for bom in _BOMS:
        head = head.removeprefix(bom)
    if _HTML_HEAD.match(head):
        return "text/html"
    tags = len(_HTML_TAGS.findall(head))
    if head.lstrip().startswith(b"<") and tags >= 1:
        return "text/html"
    return "text/html" if tags and name.lower().endswith((".html", ".htm", ".xhtml")) else "text/plain"


def _alternating(head: bytes) -> bool:
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return (odd > 0.6 * half and even == 0) or (even > 0.6 * half and odd == 0)
