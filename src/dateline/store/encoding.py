"""Records to Arrow rows and back, by way of JSON and DuckDB: no second description of the records."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.store.tables import TABLES, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

Row = Mapping[str, Any]
_encoder = msgspec.json.Encoder()
_names = itertools.count()


def connect() -> DuckDBPyConnection:
    """A private in-memory DuckDB that works in UTC and keeps to itself."""
    import duckdb

    con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET parquet_metadata_cache = true")
    return con


def relation(con: DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> DuckDBPyRelation:
    """The rows in the table's columns. Each row holds the store's own columns and ``record``, the record itself.

    Raises ValueError when a value cannot be stored (a number beyond 64 bits, half a surrogate pair).
    """
    return _shaped(con, table.shape, rows, table.select)


def storable(con: DuckDBPyConnection, table: Table, row: Row) -> str | None:
    """Why the row cannot be stored, or ``None`` when it can."""
    try:
        relation(con, table, [row])
    except ValueError as error:
        return str(error)
    return None


def plain(con: DuckDBPyConnection, columns: Mapping[str, str], rows: Sequence[Row]) -> DuckDBPyRelation:
    """Rows of plain columns, SQL types given by name."""
    names = ", ".join(f'r."{name}"' for name in columns)
    return _shaped(con, dict(columns), rows, lambda source: f"SELECT {names} FROM {source}")


def _shaped(con: DuckDBPyConnection, shape: Mapping[str, Any], rows: Sequence[Row], select: Any) -> DuckDBPyRelation:
    import duckdb

    name = f"rows_{next(_names)}"
    try:
        text = _encoder.encode(rows).decode()
        con.execute(
            f"CREATE TABLE {name} AS {select('(SELECT unnest(from_json_strict($rows, $shape)) AS r)')}",
            {"rows": text, "shape": json.dumps([shape])},
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException, OverflowError, UnicodeError) as error:
        raise ValueError(" ".join(str(error).split())[:200]) from error
    return con.table(name)


def drop(con: DuckDBPyConnection, rows: DuckDBPyRelation) -> None:
    """Free the memory of rows made by ``relation`` or ``plain``."""
    con.execute(f"DROP TABLE IF EXISTS {rows.alias}")


def empty(con: DuckDBPyConnection) -> dict[str, DuckDBPyRelation]:
    """For each table its columns without a row, from which the tables are made."""
    return {name: relation(con, table, []) for name, table in TABLES.items()}


def records(con: DuckDBPyConnection, table: str, sql: str, parameters: Mapping[str, Any]) -> Iterator[Any]:
    """The records that a query over the table yields, decoded; ``sql`` selects at least the record's columns."""
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(TABLES[table].record)
    for (text,) in answer(con, f"SELECT {packed(table)} FROM ({sql})", parameters):
        yield decoder.decode(text)


def answer(con: DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query's answer, computed and fetched a few at a time where it needs no sorting."""
    cursor = con.cursor()
    cursor.execute(sql, dict(parameters))
    while batch := cursor.fetchmany(2048):
        yield from batch


def packed(table: str) -> str:
    """SQL over the columns of a table: its record as JSON, from which ``records`` decodes it."""
    import dataclasses

    names = ", ".join(_packed(f.name, f.type) for f in dataclasses.fields(TABLES[table].record))
    return f"CAST(to_json(struct_pack({names})) AS VARCHAR)"


def _packed(name: str, type_: object) -> str:
    return f'"{name}" := to_base64("{name}")' if type_ in (bytes, "bytes") else f'"{name}" := "{name}"'


def chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
