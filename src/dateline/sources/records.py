"""Documents out of JSON: one object a line, one object, or a list of objects."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from dateline.records import Document, Problem, content_id
from dateline.sources.sniff import media_type
from dateline.text import decode

GIVEN = ("title", "published", "url", "source")
_BEGINS = re.compile(rb'\{\s*"(?:id|text|html|title|published|url|source)"\s*:')
_OPENING = 200
_SHAPE = 'Each line is one JSON object with "text" or "html", and "id", "title", "published", "url", "source".'


def looks_like_lines(first: bytes) -> bool:
    """True when a first line is a JSON object that carries an article, or begins as one and is broken."""
    line = first.removeprefix(b"\xef\xbb\xbf").strip()
    if not line.startswith(b"{"):
        return False
    record = _loads(line)
    if record is None:
        return bool(_BEGINS.match(line[:_OPENING]))
    return isinstance(record, dict) and ("text" in record or "html" in record)


def is_json(data: bytes) -> bool:
    """True when the whole input is one JSON value that is or holds an article."""
    value = _loads(decode(data).text.lstrip("\ufeff").encode("utf-8", "replace"))
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and ("text" in first or "html" in first)


def _loads(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def from_lines(lines: Iterable[bytes], where: str, path: str | None) -> Iterator[Document | Problem]:
    """One document or problem a line; blank lines are passed over and a broken one does not end the run."""
    seen = False
    for number, line in enumerate(lines, 1):
        text = decode(line).text.strip().lstrip("\ufeff")
        if text:
            seen = True
            yield _from_text(text, f"{where}:{number}", path)
    if not seen:
        yield empty(where)


def from_whole(data: bytes, where: str, path: str | None) -> Iterator[Document | Problem]:
    """A file that is one JSON object or a list of them; failing that, it is read as JSON Lines."""
    text = decode(data).text.lstrip("\ufeff")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from from_lines(text.encode("utf-8", "replace").splitlines(), where, path)
        return
    items = value if isinstance(value, list) else [value]
    if not items:
        yield empty(where)
    for number, item in enumerate(items, 1):
        yield _from_value(item, f"{where}[{number}]" if isinstance(value, list) else where, path)


def empty(where: str) -> Problem:
    """The problem of an input that holds nothing."""
    return Problem("empty", "the input is empty", "Give a file that holds an article.", where, fatal=True)


def _from_text(text: str, where: str, path: str | None) -> Document | Problem:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
        return _broken(f"this line is not JSON: {reason}", where)
    return _from_value(value, where, path)


def _from_value(value: object, where: str, path: str | None) -> Document | Problem:
    if not isinstance(value, dict):
        return _broken("this is not a JSON object", where)
    html, text = value.get("html"), value.get("text")
    body = html if isinstance(html, str) and html.strip() else text
    if not isinstance(body, str):
        return _broken('it has no "text" or "html"', where)
    if not body.strip():
        return empty(where)
    data = body.encode("utf-8", "replace")
    given = {key: str(value[key]).strip() for key in GIVEN if _scalar(value.get(key))}
    sha = hashlib.sha256(data).hexdigest()
    name = value.get("id")
    return Document(
        id=str(name) if _scalar(name) else content_id("doc", sha, given.get("url", "")),
        data=data,
        media_type="text/html" if body is html else media_type(data),
        path=path or where,
        url=given.get("url"),
        charset="utf-8",
        sha256=sha,
        given=given,
    )


def _scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip() != ""


def _broken(message: str, where: str) -> Problem:
    return Problem("bad-line", message, _SHAPE, where, fatal=True)
