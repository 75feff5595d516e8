"""A casebook as it was at one version: a private DuckDB connection whose views show what was visible then.

The files are pinned when the snapshot is taken, so that writers and compaction do not change what it shows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dateline.lexicon import crosswalks
from dateline.store import encoding
from dateline.store.faults import explained
from dateline.store.runs import Run
from dateline.store.scan import scan
from dateline.store.tables import RUN_COLUMNS, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from dateline.store.folder import Folder

_SUPERSEDED = """
CREATE TABLE _superseded AS
WITH seen AS (
  SELECT d.coding, d.lineage, p.version, p.position, d.ordinal FROM _documents d JOIN _parts p USING (part)
), several AS (SELECT lineage FROM seen GROUP BY lineage HAVING count(*) > 1)
SELECT coding FROM seen SEMI JOIN several USING (lineage)
QUALIFY row_number() OVER (PARTITION BY lineage ORDER BY version DESC, position DESC, ordinal DESC) > 1
"""


class Snapshot:
    """One version of a casebook. ``con`` has the views of ``views.sql``; ``pinned`` are the local files they read."""

    def __init__(self, folder: Folder, runs: Sequence[Run], version: int) -> None:
        self.version = version
        self.where = folder.uri
        self.con = encoding.connect()
        self.pinned: list[str] = []
        with explained(self.where):
            self._load_parts(runs)
            for name in TABLES:
                self._pin(folder, name)
            self.con.execute(_SUPERSEDED)
            self._load_views(runs)

    def records(self, table: str, where: str = "true", **parameters: Any) -> Iterator[Any]:
        """The records of a view of that name, in a stable order. Raises CasebookError on a broken file."""
        order = {"judgements": "at, id", "event_members": "event_id, report_id", "event_merges": "version, old"}
        record_view = {"events": "merged_events"}.get(table, table)
        sql = f"SELECT * FROM {record_view} WHERE {where} ORDER BY {order.get(table, _order(table))}"
        with explained(self.where):
            yield from encoding.records(self.con, table, sql, parameters)

    def _load_parts(self, runs: Sequence[Run]) -> None:
        rows: dict[str, tuple[str, int, int]] = {}
        for run in sorted((r for r in runs if r.version is not None), key=lambda r: r.version or 0):
            if (run.version or 0) <= self.version:
                for position, part in enumerate(run.parts):
                    rows.setdefault(part, (part, run.version or 0, position))
        self.con.execute("CREATE TABLE _parts (part VARCHAR, version BIGINT, position BIGINT)")
        _insert(self.con, "_parts", list(rows.values()))

    def _pin(self, folder: Folder, name: str) -> None:
        source, pinned = scan(self.con, folder, name)
        self.pinned += pinned
        self.con.execute(f"CREATE VIEW _{name} AS SELECT * FROM {source}")

    def _load_views(self, runs: Sequence[Run]) -> None:
        for name, sectors in (
            ("state", crosswalks.STATE_SECTORS),
            ("armed", crosswalks.ARMED_SECTORS),
            ("civilian", crosswalks.CIVILIAN_SECTORS),
        ):
            self.con.execute(f"CREATE MACRO _{name}_sectors() AS {list(sectors)!r}")
        _table(self.con, "_acled", "type, mode, civilian, event_type, sub_event_type", list(crosswalks.acled_rows()))
        _table(self.con, "_countries", "alpha3, name", list(_countries()))
        run_rows = [asdict(run) for run in runs if run.version is not None and run.version <= self.version]
        made = encoding.plain(self.con, RUN_COLUMNS, run_rows)
        self.con.execute(f"CREATE TABLE _runs AS SELECT * FROM {made.alias}")
        self.con.execute(files("dateline.store").joinpath("views.sql").read_text(encoding="utf-8"))


def _countries() -> Iterator[tuple[str, str]]:
    text = files("dateline.lexicon").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    return ((row["id"], row["name"]) for row in csv.DictReader(text.splitlines()))


def _table(con: DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    names = [c.strip() for c in columns.split(",")]
    types = [_TYPES[type(next((row[i] for row in rows if row[i] is not None), ""))] for i in range(len(names))]
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{n} {t}' for n, t in zip(names, types, strict=True))})")
    _insert(con, name, rows)


_TYPES = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}


def _insert(con: DuckDBPyConnection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows in one statement; one by one they take longer than all the rest of opening."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        values = ", ".join(f"unnest(${i + 1})" for i in range(len(columns)))
        con.execute(f"INSERT INTO {name} SELECT {values}", columns)


def _order(table: str) -> str:
    return {
        "documents": "version, lineage, id",
        "articles": "id",
        "reports": "article_id, trigger.start, id",
        "quotes": "article_id, content.start, id",
        "problems": "version, document_id, code, message",
        "events": "first_day, id",
    }[table]
