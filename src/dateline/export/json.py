"""The machine output of one article, the contract for tools; and happenings with their reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.records import Coded, Happening


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


def happenings(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """JSON Lines: the fields of an event, ``judged``, and ``accounts``, each a report with what its article says."""
    for happening in stream:
        out = msgspec.to_builtins(happening)
        yield encode({**out.pop("event"), **out}) + "\n"
