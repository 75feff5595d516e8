"""The machine output of one article: the contract for tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.records import Coded


def record(coded: Coded) -> dict[str, Any]:
    """``{"id", "text", "article", "reports", "quotes", "problems"}`` in plain Python types.

    Spans are objects with ``start``, ``end``, ``text``, offsets in code points of ``text``. ``article`` is ``None``
    and ``text`` empty when a fatal problem says why.
    """
    out: dict[str, Any] = msgspec.to_builtins(coded)
    article = out.pop("article")
    text = article.pop("text") if article else ""
    return {
        "id": out["id"],
        "text": text,
        "article": article,
        "reports": out["reports"],
        "quotes": out["quotes"],
        "problems": out["problems"],
    }


def encode(value: object, *, indent: int = 0) -> str:
    """JSON text; with ``indent`` laid out for people."""
    data = msgspec.json.encode(value)
    return (msgspec.json.format(data, indent=indent) if indent else data).decode("utf-8")


def lines(coded: Iterable[Coded]) -> Iterator[str]:
    """JSON Lines: one record a line, in the order of the inputs."""
    for one in coded:
        yield encode(record(one)) + "\n"


def document(coded: Iterable[Coded]) -> Iterator[str]:
    """JSON laid out for people: one record alone as an object, several as an array."""
    records = (encode(record(one), indent=2) for one in coded)
    first, second = next(records, "[]"), next(records, None)
    if second is None:
        yield first + "\n"
        return
    yield f"[\n{first},\n{second}"
    for further in records:
        yield f",\n{further}"
    yield "\n]\n"
