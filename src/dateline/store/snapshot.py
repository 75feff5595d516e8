"""A casebook as it was at one version: a private DuckDB connection whose views show what was visible then.

The files are pinned when the snapshot is taken, so that writers and compaction do not change what it shows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
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

_WORD = re.compile(r"\b\w+\b")
_CREATED = re.compile(r"CREATE (?:VIEW|TABLE|MACRO) (\w+)")
_WHOLE_DOCUMENTS = "_document_rows"
_SECTORS = {
    "_state_sectors": crosswalks.STATE_SECTORS,
    "_armed_sectors": crosswalks.ARMED_SECTORS,
    "_civilian_sectors": crosswalks.CIVILIAN_SECTORS,
}
_ORDER = {
    "documents": "version, lineage, id",
    "articles": "id",
    "reports": "article_id, trigger.start, id",
    "quotes": "article_id, content.start, id",
    "problems": "version, document_id, code, message",
    "events": "first_day, id",
    "event_members": "event_id, report_id",
    "event_merges": "version, old",
    "judgements": '"at", id',
}


class Snapshot:
    """One version of a casebook, read as it is asked for.

    ``con`` has the views of ``views.sql`` that ``need`` was asked for; ``pinned`` are the local files they read.
    """

    def __init__(self, folder: Folder, runs: Sequence[Run], version: int) -> None:
        self.version = version
        self.where = folder.uri
        self.pinned: list[str] = []
        self._folder = folder
        self._runs = [run for run in runs if run.version is not None and run.version <= version]
        self._made: set[str] = set()
        with explained(self.where):
            self.con = encoding.connect()
            _table(self.con, "_parts", "part, version, position", list(_parts(self._runs)), "VARCHAR, BIGINT, BIGINT")

    @property
    def made(self) -> frozenset[str]:
        """The views and tables that were needed so far."""
        return frozenset(self._made)

    def records(self, table: str, where: str = "true", **parameters: Any) -> Iterator[Any]:
        """The records of a view of that name, in a stable order. Raises CasebookError on a broken file."""
        return self.stream(table, f"{where} ORDER BY {_ORDER[table]}", **parameters)

    def stream(self, table: str, where: str = "true", **parameters: Any) -> Iterator[Any]:
        """As ``records``, in any order: none has to be held to sort them."""
        view = "merged_events" if table == "events" else table
        sql = f"SELECT * FROM {view} WHERE {where}"
        self.need(sql)
        with explained(self.where):
            yield from encoding.records(self.con, table, sql, parameters)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The answer to SQL over the views, read as it is asked for. Raises CasebookError on a broken file."""
        self.need(sql)
        with explained(self.where):
            yield from encoding.answer(self.con, sql, parameters or {})

    def packed(self, table: str) -> str:
        """SQL over the columns of a view of that name: the record as JSON."""
        return encoding.packed(table)

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> DuckDBPyConnection:
        """Run SQL over the views and the tables behind them. Raises CasebookError on a broken file."""
        self.need(sql)
        with explained(self.where):
            return self.con.execute(sql, dict(parameters or {}))

    def need(self, sql: str) -> None:
        """Make the views, and read the lists of the tables' files, that the SQL names: all when it names none."""
        named = _definitions().keys() & set(_WORD.findall(sql))
        with explained(self.where):
            for name in sorted(named or _definitions().keys()):
                self._make(name)

    def _make(self, name: str) -> None:
        if name in self._made:
            return
        self._made.add(name)
        definition = _definitions()[name]
        for other in sorted(_definitions().keys() & set(_WORD.findall(definition))):
            self._make(other)
        if definition:
            self.con.execute(definition)
        else:
            self._load(name)

    def _load(self, name: str) -> None:
        if name == "_acled":
            _table(self.con, name, "type, mode, civilian, event_type, sub_event_type", list(crosswalks.acled_rows()),
                   "VARCHAR, VARCHAR, BOOLEAN, VARCHAR, VARCHAR")  # fmt: skip
        elif name == "_countries":
            _table(self.con, name, "alpha3, name", list(_countries()), "VARCHAR, VARCHAR")
        elif name == "_runs":
            made = encoding.plain(self.con, RUN_COLUMNS, [asdict(run) for run in self._runs])
            self.con.execute(f"CREATE VIEW _runs AS FROM {made.alias}")
        elif name in _SECTORS:
            self.con.execute(f"CREATE MACRO {name}() AS {list(_SECTORS[name])!r}")
        else:
            table = "documents" if name == _WHOLE_DOCUMENTS else name.removeprefix("_")
            source, files = scan(self.con, self._folder, table, whole=name != "_documents")
            self.pinned += files
            self.con.execute(f"CREATE VIEW {name} AS SELECT * FROM {source}")


def definition(name: str) -> str:
    """The statement that makes a view of ``views.sql``."""
    return _definitions()[name]


@cache
def _definitions() -> Mapping[str, str]:
    """What is to be run for each view, macro and table by name; nothing for what is loaded otherwise."""
    text = files("dateline.store").joinpath("views.sql").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^--.*\n", "", text)
    made = {found[1]: part for part in text.split(";\n") if (found := _CREATED.search(part))}
    return made | dict.fromkeys(
        ("_acled", "_countries", "_runs", _WHOLE_DOCUMENTS, *_SECTORS, *(f"_{name}" for name in TABLES)), ""
    )


def _parts(runs: Sequence[Run]) -> Iterator[tuple[str, int, int]]:
    """Each part with the version that it became visible with, and its place in that run."""
    seen: set[str] = set()
    for run in sorted(runs, key=lambda r: r.version or 0):
        for position, part in enumerate(run.parts):
            if part not in seen:
                yield part, run.version or 0, position
                seen.add(part)


def _countries() -> Iterator[tuple[str, str]]:
    text = files("dateline.lexicon").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    return ((row["id"], row["name"]) for row in csv.DictReader(text.splitlines()))


def _table(con: DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[Any, ...]], types: str) -> None:
    """A table of few rows, filled in one statement; one by one takes longer than all the rest of opening."""
    pairs = zip(columns.split(", "), types.split(", "), strict=True)
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {type_}' for column, type_ in pairs)})")
    if rows:
        given = [list(column) for column in zip(*rows, strict=True)]
        con.execute(f"INSERT INTO {name} SELECT {', '.join(f'unnest(${i + 1})' for i in range(len(given)))}", given)
