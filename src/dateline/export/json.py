"""The machine output of one article: the contract for tools."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.records import Coded


def record(coded: Coded) -> dict[str, Any]:
    """``{"id", "text", "article", "reports", "quotes", "problems"}`` in plain JSON types.

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
