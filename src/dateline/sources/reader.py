"""Reads inputs one at a time; what cannot be read becomes a problem and the run goes on."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from dateline.records import Document, Problem, content_id
from dateline.sources.records import empty, from_lines, from_whole, is_json, looks_like_lines
from dateline.sources.sniff import WIDE, media_type, not_text

SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json")
_LINES = (".jsonl", ".ndjson")
MAX_BYTES = 64 * 1024 * 1024
_READ_CURE = "Check the path and that you may read it."


def read(inputs: Sequence[str], stdin: bytes | None = None) -> Iterator[Document | Problem]:
    """Documents and problems of every input in order: a path, a folder, or ``-`` for standard input.

    ``stdin`` stands in for standard input. Files are opened as they are reached; JSON Lines are read line by line.
    """
    for name in inputs:
        if name == "-":
            yield from _stdin(stdin)
        elif "\x00" in name or not name:
            yield Problem("missing", "this is not a path", _READ_CURE, name.replace("\x00", "?") or "''", fatal=True)
        else:
            yield from _path(Path(name))


def _stdin(given: bytes | None) -> Iterator[Document | Problem]:
    stream: BinaryIO = BytesIO(given) if given is not None else sys.stdin.buffer
    yield from _stream(stream, "-", None, "")


def _path(path: Path) -> Iterator[Document | Problem]:
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        else:
            yield Problem("missing", "there is no such file or folder", _READ_CURE, str(path), fatal=True)
    except OSError as error:
        yield Problem("unreadable", f"it cannot be read: {error.strerror or error}", _READ_CURE, str(path), fatal=True)


def _folder(folder: Path) -> Iterator[Document | Problem]:
    found = False
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                found = True
                yield from _path(Path(root) / name)
    if not found:
        cure = f"Give a folder with {' '.join(SUFFIXES)} files."
        yield Problem("empty", "the folder holds no file that dateline reads", cure, str(folder), fatal=True)


def _file(path: Path) -> Iterator[Document | Problem]:
    with path.open("rb") as stream:
        yield from _stream(stream, str(path), str(path), path.name.lower())


def _stream(stream: BinaryIO, where: str, path: str | None, name: str) -> Iterator[Document | Problem]:
    """One open input: JSON Lines line by line, anything else whole (at most ``MAX_BYTES``)."""
    first = stream.readline(MAX_BYTES)
    what = not_text(first)
    if what is not None:
        yield _binary(what, where)
    elif _is_lines(first, name):
        yield from from_lines(_chain(first, stream), where, path)
    else:
        data = first + stream.read(MAX_BYTES - len(first))
        yield from _whole(data, where, path, name)
        if stream.read(1):
            message = f"only the first {MAX_BYTES // 1024 // 1024} MB were read"
            yield Problem("truncated", message, "Split the file.", where)


def _is_lines(first: bytes, name: str) -> bool:
    """True when each line stands for itself: one that opens a longer value, or is of two bytes a letter, does not."""
    if first.startswith(WIDE) or first.strip() in (b"{", b"["):
        return False
    return name.endswith(_LINES) or (not name.endswith(".json") and looks_like_lines(first))


def _chain(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    line = first
    while line:
        yield line
        line = stream.readline(MAX_BYTES)


def _whole(data: bytes, where: str, path: str | None, name: str) -> Iterator[Document | Problem]:
    what = not_text(data)
    if not data.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\x00"):
        yield empty(where)
    elif what is not None:
        yield _binary(what, where)
    elif name.endswith((".json", *_LINES)) or (data[:4096].strip()[:1] in (b"{", b"[") and is_json(data)):
        yield from from_whole(data, where, path)
    else:
        sha = hashlib.sha256(data).hexdigest()
        yield Document(content_id("doc", sha), data, media_type(data, name), path=path, sha256=sha)


def _binary(what: str, where: str) -> Problem:
    cure = "Give plain text, HTML or JSON Lines; convert other formats first."
    return Problem("not-text", f"this is not text but {what}", cure, where, fatal=True)
