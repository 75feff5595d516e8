"""SQL over a casebook: one SELECT that can read the casebook's pinned files and nothing else."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.errors import QueryError
from dateline.store.faults import explained
from dateline.store.judged import Judge, lay_over
from dateline.store.snapshot import Snapshot

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from dateline.store.folder import Folder
    from dateline.store.runs import Run

_CURE = "Write one SELECT (FROM, WITH, DESCRIBE, SHOW and SUMMARIZE do too)."


@dataclass(frozen=True)
class Rows:
    """An answer: the names of its columns, and its rows as Python values, fetched as they are iterated (once)."""

    columns: tuple[str, ...]
    version: int
    _con: DuckDBPyConnection
    _where: str

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The rows. Raises QueryError when the query fails on a value, CasebookError on a broken file."""
        with _asked(self._where):
            while batch := self._con.fetchmany(1000):
                yield from batch


def query(folder: Folder, runs: Sequence[Run], version: int, sql: str, judge: Judge | None = None) -> Rows:
    """The answer to one SELECT over the views at a version. Raises QueryError, CasebookError."""
    con = sandbox(Snapshot(folder, runs, version), sql, (), judge)
    with _asked(folder.uri):
        con.execute(sql)
    return Rows(_distinct([column[0] for column in con.description or ()]), version, con, folder.uri)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, numbered where one comes twice, so that none is lost as a key."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(out)


def to_parquet(
    folder: Folder, runs: Sequence[Run], version: int, sql: str, path: str, judge: Judge | None = None
) -> int:
    """Write the answer to a new Parquet file; returns the number of rows. Raises QueryError, CasebookError."""
    con = sandbox(Snapshot(folder, runs, version), sql, (path,), judge)
    target = path.replace("'", "''")
    with _asked(folder.uri):
        found = con.execute(f"COPY ({sql.strip().rstrip(';')}\n) TO '{target}' (FORMAT parquet)").fetchone()
    return int(found[0]) if found else 0


def sandbox(snapshot: Snapshot, sql: str, writable: Sequence[str], judge: Judge | None = None) -> DuckDBPyConnection:
    """The snapshot's connection, locked: no file but the pinned ones, no extension, no setting can be reached.

    It has the views that the SQL names, with what ``judge`` tells laid over them. DuckDB makes the folder for what
    does not fit into memory when it needs it, and removes it. Raises QueryError unless the SQL is a single SELECT.
    """
    con = snapshot.con
    check(con, sql)
    snapshot.need(sql)
    if judge is not None:
        lay_over(snapshot, judge)
    spill = os.path.join(tempfile.gettempdir(), f"dateline-sql-{uuid.uuid4().hex}")
    con.execute("SET temp_directory = $spill", {"spill": spill})
    con.execute("SET allowed_paths = $paths", {"paths": [*snapshot.pinned, *writable]})
    con.execute("SET enable_external_access = false")
    con.execute("SET python_enable_replacements = false")
    con.execute("SET lock_configuration = true")
    return con


def check(con: DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError unless the SQL is a single SELECT."""
    import duckdb

    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(f"{_said(error)}\n{_CURE}") from error
    kinds = [statement.type for statement in statements]
    if len(kinds) != 1:
        raise QueryError(f"this is {'no statement' if not kinds else f'{len(kinds)} statements'}, not one. {_CURE}")
    if kinds[0] != duckdb.StatementType.SELECT:
        name = str(kinds[0]).rpartition(".")[2]
        raise QueryError(f"a casebook is read-only, and this statement ({name}) does more than read. {_CURE}")


class _asked:
    """Blame the query for what is wrong with the query, and the casebook for what is wrong with its files."""

    def __init__(self, where: str) -> None:
        self._explained = explained(where)

    def __enter__(self) -> None:
        self._explained.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> bool | None:
        import duckdb

        of_files = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException)
        denied = isinstance(error, duckdb.PermissionException)
        if isinstance(error, duckdb.Error) and (denied or not isinstance(error, of_files)) and not _broken(error):
            cure = "SQL here reads the casebook and nothing else" if denied else "DESCRIBE a view to see its columns"
            raise QueryError(f"{_said(error)}\n{cure}.") from error
        return self._explained.__exit__(kind, error, trace)


def _broken(error: Exception) -> bool:
    return ".parquet" in str(error) and "magic bytes" in str(error)


def _said(error: Exception) -> str:
    return "\n".join(line for line in str(error).splitlines() if line.strip())
