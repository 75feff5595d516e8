"""Reading a Delta table with DuckDB: which files, and what stands in for columns they lack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.store import encoding
from dateline.store.folder import evolved
from dateline.store.tables import RUN_COLUMNS, TABLES

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from duckdb import DuckDBPyConnection

    from dateline.store.folder import Folder


def scan(con: DuckDBPyConnection, folder: Folder, name: str, *, whole: bool = True) -> tuple[str, list[str]]:
    """SQL that stands for every row of a table, and the local files it reads.

    A remote table is read into memory, without the bytes of documents unless ``whole``; a local one where it lies.
    """
    table = folder.open(name)
    if folder.remote:
        return _fetched(con, table, name, whole), []
    paths = folder.paths(name, table)
    wanted = TABLES[name].columns if name in TABLES else tuple(RUN_COLUMNS)
    if not paths:
        return _blank(con, name), []
    listed = ", ".join("'" + _no_pattern(path).replace("'", "''") + "'" for path in paths)
    # Looking for each file's own columns opens them all at every use: only where they can differ.
    mixed = str(evolved(table)).lower()
    source = f"read_parquet([{listed}], union_by_name = {mixed}, hive_partitioning = false)"
    if set(wanted) <= {f.name for f in table.schema().fields}:
        return source, paths
    return f"(SELECT * FROM {source} UNION ALL BY NAME SELECT * FROM {_blank(con, name)})", paths


def _no_pattern(path: str) -> str:
    """The path with the characters that DuckDB takes for a pattern made plain."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path)


def _blank(con: DuckDBPyConnection, name: str) -> str:
    """A table with the columns of today and no row: for a table that is empty, or older than a column."""
    made = encoding.relation(con, TABLES[name], []) if name in TABLES else encoding.plain(con, RUN_COLUMNS, [])
    return str(made.alias)


def _fetched(con: DuckDBPyConnection, table: DeltaTable, name: str, whole: bool) -> str:
    from deltalake import QueryBuilder

    columns = [f'"{f.name}"' for f in table.schema().fields if whole or f.name != "data"]
    stream = QueryBuilder().register(name, table).execute(f'SELECT {", ".join(columns)} FROM "{name}"')
    con.register("_stream", stream)
    target = f"_fetched_{name}_{'whole' if whole else 'lean'}"
    con.execute(f"CREATE OR REPLACE TABLE {target} AS SELECT * FROM _stream")
    con.unregister("_stream")
    return target
