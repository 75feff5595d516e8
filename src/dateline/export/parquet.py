"""Parquet: the common row with its types, for pandas, Polars, R and DuckDB. Needs the extra ``casebook`` (DuckDB)."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.export.columns import TYPES, row
from dateline.export.json import encode
from dateline.records import Happening

_GROUP = 20_480
"""Rows of a group of the file."""


def write(stream: Iterable[Happening], path: str, left_out: Counter[str]) -> None:
    """Write a new file of one row a happening; it holds them all."""
    copy((row(happening) for happening in stream), TYPES, path)


def copy(
    rows: Iterable[Mapping[str, Any]],
    types: Mapping[str, str],
    path: str,
    *,
    select: str = "*",
    metadata: Mapping[str, Any] | None = None,
) -> None:
    """Write rows of columns with SQL types to Parquet, by way of JSON lines on disk; ``_GROUP`` are held in memory.

    ``select`` are the columns as SQL over the rows. ``metadata`` is filled by the time that the rows are at their end.
    """
    import duckdb

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as lines:
        lines.writelines(encode(values) + "\n" for values in rows)
        lines.flush()
        columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in types.items())
        source = f"read_json({_quoted(lines.name)}, columns = {{{columns}}}, format = 'newline_delimited')"
        pairs = ", ".join(f"{key}: {_quoted(json.dumps(value))}" for key, value in (metadata or {}).items())
        extra = f", KV_METADATA {{{pairs}}}" if pairs else ""
        shape = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}{extra}"
        con = duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1})
        con.execute(f"COPY (SELECT {select} FROM {source}) TO {_quoted(path)} ({shape})")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
