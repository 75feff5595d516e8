"""The Delta Lake tables of one casebook, in a folder or an object store: create, append, list files, compact.

Nothing here knows what the rows mean. Rows are only ever added; compaction rewrites files, never rows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import CasebookError
from dateline.store.faults import broken, explained
from dateline.store.tables import FORMAT, RUNS, TABLES

if TYPE_CHECKING:
    from deltalake import CommitProperties, DeltaTable, WriterProperties

_FORMAT_KEY = "dateline.format"
_EVOLVED_KEY = "dateline.evolved"
_REMOTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")
_UNFIT = re.compile(r"[\[\]|^\x00-\x1f]|%[0-9A-Fa-f]{2}" + ("" if os.sep == "\\" else r"|\\"))
SMALL_FILES = 64
"""Compact a table once it has this many files under ``_SMALL`` bytes."""
_SMALL = 8 << 20
_TARGET = 32 << 20
"""Files of this many bytes are large, and are not written again."""
_ROW_GROUP = 16_384
_KEEP_HOURS = 24
"""How long files that compaction replaced stay for readers that still have them open."""


class Folder:
    """One casebook's tables by name. ``options`` are the storage options of deltalake (credentials, region…)."""

    def __init__(self, uri: str | os.PathLike[str], options: Mapping[str, str] | None = None) -> None:
        text = os.fspath(uri)
        self.remote = bool(_REMOTE.match(text)) and not text.startswith("file://")
        self.uri = text.rstrip("/") if self.remote else str(Path(text.removeprefix("file://")).absolute())
        self.options = dict(options or {})
        unfit = None if self.remote else _UNFIT.search(self.uri)
        if unfit:
            raise CasebookError(f"{self.uri}: Delta Lake cannot take {unfit[0]!r} in a path. Rename the folder.")

    def open(self, name: str) -> DeltaTable:
        """The table at its newest version. Raises CasebookError."""
        self._check_log(name)
        with explained(self.uri):
            from deltalake import DeltaTable

            return DeltaTable(self._at(name), storage_options=self.options)

    def _check_log(self, name: str) -> None:
        """Delta Lake takes an empty log entry, which a loss of power can leave, for a commit of nothing."""
        log = os.path.join(self.uri, name, "_delta_log")
        if self.remote or not os.path.isdir(log):
            return
        with os.scandir(log) as entries:
            empty = [e.name for e in entries if e.name.endswith((".json", ".parquet")) and not e.stat().st_size]
        if empty:
            raise CasebookError(broken(self.uri, f"{name}/_delta_log/{min(empty)}"))

    def has(self, name: str) -> bool:
        """True when the table exists."""
        with explained(self.uri):
            from deltalake import DeltaTable

            if not self.remote and not os.path.isdir(os.path.join(self._at(name), "_delta_log")):
                return False
            return DeltaTable.is_deltatable(self._at(name), storage_options=self.options)

    def check(self) -> DeltaTable:
        """The table of runs of an existing casebook. Raises CasebookError when it is none, or of a newer dateline."""
        if not self.has(RUNS):
            raise CasebookError(self._no_casebook())
        runs = self.open(RUNS)
        found = runs.metadata().configuration.get(_FORMAT_KEY) or ""
        if not found.isdigit() or int(found) > FORMAT:
            raise CasebookError(
                f"casebook {self.uri}: it was written by a newer dateline (format {found or 'unknown'}; this one reads "
                f"up to {FORMAT}). Upgrade: pip install -U 'dateline[casebook]'."
            )
        return runs

    def _no_casebook(self) -> str:
        there = self.remote or os.path.isdir(self.uri)
        what = "it is no casebook" if there else "there is no such folder" if not os.path.exists(self.uri) else (
            "it is a file, not the folder of a casebook"
        )  # fmt: skip
        return f"{self.uri}: {what}. Check the path, or make a casebook with: dateline code INPUT --into {self.uri}"

    def create(self, schemas: Mapping[str, Any]) -> None:
        """Make the tables that are missing, the runs last, since a folder with runs is a casebook.

        Raises CasebookError when the folder holds other things.
        """
        if not self.remote and os.path.isdir(self.uri):
            strangers = [n for n in sorted(os.listdir(self.uri)) if n not in TABLES and n != RUNS and n[0] != "."]
            if strangers:
                raise CasebookError(
                    f"{self.uri}: it is no casebook and holds other files ({strangers[0]}). "
                    "Give a new or empty folder to --into."
                )
        # Asked in this order: another process may be making the folder at this moment.
        elif not self.remote and os.path.exists(self.uri) and not os.path.isdir(self.uri):
            raise CasebookError(self._no_casebook())
        for name in (*TABLES, RUNS):
            if not self.has(name):
                self._create(name, schemas[name])

    def _create(self, name: str, data: Any) -> None:
        with explained(self.uri):
            from deltalake import DeltaTable

            DeltaTable.create(
                self._at(name),
                schema=_schema(data),
                mode="ignore",
                name=name,
                configuration={_FORMAT_KEY: str(FORMAT)},
                raise_if_key_not_exists=False,
                storage_options=self.options,
            )

    def append(
        self, name: str, rows: Any, commit: CommitProperties | None = None, to: DeltaTable | None = None
    ) -> None:
        """Add rows (anything with an Arrow stream) in one commit. Columns the table lacks are added to it."""
        with explained(self.uri):
            from deltalake import write_deltalake

            table = to or self.open(name)
            if not evolved(table) and _schema(rows) != table.schema():
                table.alter.set_table_properties({_EVOLVED_KEY: "true"}, raise_if_not_exists=False)
            write_deltalake(
                table,
                rows,
                mode="append",
                schema_mode="merge",
                writer_properties=_writer(name),
                commit_properties=commit,
            )

    def paths(self, name: str, table: DeltaTable) -> list[str]:
        """The files of a local table, as the system knows them; deltalake gives them as parts of a URL."""
        return [os.path.join(self.uri, name, uri.rpartition("/")[2]) for uri in table.file_uris()]

    def compact(self) -> None:
        """Join small files into large ones where there are many. Losing a race against another process is no loss."""
        for name in (*TABLES, RUNS):
            table = self.open(name)
            if len(table.file_uris()) >= SMALL_FILES and self._small(table) >= SMALL_FILES:
                self._compact(name, table)

    def _small(self, table: DeltaTable) -> int:
        import duckdb

        actions = table.get_add_actions(flatten=True)
        return len(duckdb.connect().from_arrow(actions).filter(f"size_bytes < {_SMALL}").project("1").fetchall())

    def _compact(self, name: str, table: DeltaTable) -> None:
        from deltalake.exceptions import CommitFailedError

        with explained(self.uri):
            try:
                table.optimize.compact(target_size=_TARGET, writer_properties=_writer(name))
            except CommitFailedError:
                return
            table.vacuum(retention_hours=_KEEP_HOURS, enforce_retention_duration=False, dry_run=False)

    def _at(self, name: str) -> str:
        return f"{self.uri}/{name}"


def _writer(name: str) -> WriterProperties:
    """Small groups of rows with Bloom filters: an eighth more bytes, and a row by its id in a fifth of the time."""
    from deltalake import BloomFilterProperties, ColumnProperties, WriterProperties

    keys = TABLES[name].keys if name in TABLES else ()
    filtered = ColumnProperties(bloom_filter_properties=BloomFilterProperties(True, fpp=0.01))
    return WriterProperties(
        compression="ZSTD",
        compression_level=3,
        max_row_group_size=_ROW_GROUP,
        column_properties=dict.fromkeys(keys, filtered),
    )


def evolved(table: DeltaTable) -> bool:
    """True when files of the table can lack columns that others have: an older dateline wrote some of them."""
    return table.metadata().configuration.get(_EVOLVED_KEY) == "true"


def _schema(data: Any) -> Any:
    from arro3.core import RecordBatchReader
    from deltalake import Schema

    return Schema.from_arrow(RecordBatchReader.from_arrow(data).schema)
