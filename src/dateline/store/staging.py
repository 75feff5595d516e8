"""Writing a run's rows part by part, so that an interrupted run loses next to nothing.

A part is one append to each table that has rows for it, ``documents`` last: a part whose documents are there is whole.
Staged rows stay unseen until a run that lists their part is committed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.records import Coded, Document, Problem
from dateline.store import encoding
from dateline.store.folder import Folder
from dateline.store.known import Staged, fingerprint
from dateline.store.runs import Ledger, Run
from dateline.store.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from dateline.store.snapshot import Snapshot

PART_SIZE = 256
PART_SECONDS = 10.0

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A document as coded, the article's lineage, and what it is to the casebook (new, changed, recoded)."""

    document: Document | None
    coded: Coded
    lineage: str
    change: str
    coder: str


class Stager:
    """Collects what one run writes. ``parts`` and ``counts`` are for its commit."""

    def __init__(self, folder: Folder, con: DuckDBPyConnection, ledger: Ledger, run: Run) -> None:
        self.parts: list[str] = []
        self.counts: Counter[str] = Counter()
        self._folder = folder
        self._con = con
        self._ledger = ledger
        self._run = run
        self._waiting: list[Item] = []
        self._since = time.monotonic()
        self._made = 0

    def add(self, item: Item) -> None:
        """Take one document in, and write a part when enough has gathered."""
        self._waiting.append(item)
        if len(self._waiting) >= PART_SIZE or time.monotonic() - self._since > PART_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered. Raises CasebookError when it cannot be written."""
        if self._waiting:
            part = self._new_part()
            self._append(part, self._encoded(part))
            self._count(self._waiting)
        self._waiting = []
        self._since = time.monotonic()

    def write(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Write a part of other tables: events, judgements. Each row has the store's columns and ``record``."""
        part = self._new_part()
        self._append(part, self._encode({n: [{**row, "part": part} for row in some] for n, some in rows.items()}))
        self.counts.update({name: len(several) for name, several in rows.items() if several})

    def adopt(self, snapshot: Snapshot, met: Mapping[str, Sequence[Staged]], sizes: Mapping[str, int]) -> None:
        """Take over what other runs staged: a part of which every document was met as it is, else a copy of those."""
        for part, staged in met.items():
            codings = sorted({s.coding for s in staged})
            if len(codings) < sizes[part]:
                self._copy(snapshot, part, codings)
            else:
                self.parts.append(part)
            self._count_adopted(snapshot, part, codings)

    def _new_part(self) -> str:
        if self._made == 0:
            self._ledger.announce(self._run)
        self._made += 1
        return f"{self._run.id}.{self._made}"

    def _append(self, part: str, encoded: Mapping[str, DuckDBPyRelation]) -> None:
        for name, rows in encoded.items():
            self._folder.append(name, rows)
            encoding.drop(self._con, rows)
        self.parts.append(part)

    def _encode(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, DuckDBPyRelation]:
        """The rows in the columns of their tables, in the order in which the tables are written."""
        return {n: encoding.relation(self._con, table, rows[n]) for n, table in TABLES.items() if rows.get(n)}

    def _encoded(self, part: str) -> dict[str, DuckDBPyRelation]:
        """The rows of all that waits; an item that cannot be stored becomes the problem that says why."""
        try:
            return self._encode(_rows(part, self._waiting))
        except ValueError:
            self._waiting = [self._mended(item) for item in self._waiting]
            return self._encode(_rows(part, self._waiting))

    def _mended(self, item: Item) -> Item:
        for name, several in _rows("p", [item]).items():
            for row in several:
                why = encoding.storable(self._con, TABLES[name], row)
                if why is not None:
                    return _unstorable(item, name, why)
        return item

    def _copy(self, snapshot: Snapshot, part: str, codings: Sequence[str]) -> None:
        new = self._new_part()
        for name, table in TABLES.items():
            if "coding" not in table.own:
                continue
            columns = ", ".join(f'"{c}"' for c in table.columns)
            snapshot.execute(
                f"CREATE OR REPLACE TABLE _copied AS SELECT {columns} FROM (SELECT * REPLACE ($new AS part, "
                f"$new || coding[length($part) + 1:] AS coding) FROM _{name} "
                "WHERE part = $part AND list_contains($codings, coding))",
                {"new": new, "part": part, "codings": list(codings)},
            )
            if snapshot.con.table("_copied").shape[0]:
                self._folder.append(name, snapshot.con.table("_copied"))
        self.parts.append(new)

    def _count(self, items: Sequence[Item]) -> None:
        self.counts.update(item.change for item in items if item.change)
        self.counts.update({name: len(rows) for name, rows in _rows("", items).items() if rows})

    def _count_adopted(self, snapshot: Snapshot, part: str, codings: Sequence[str]) -> None:
        given = {"part": part, "codings": list(codings)}
        where = "WHERE part = $part AND list_contains($codings, coding)"
        changes = snapshot.execute(f"SELECT change, count(*) FROM _documents {where} GROUP BY 1", given).fetchall()
        self.counts.update(dict(changes))
        for name in ("articles", "reports", "quotes", "problems", "documents"):
            found = snapshot.execute(f"SELECT count(*) FROM _{name} {where}", given).fetchone()
            if found and found[0]:
                self.counts[name] += found[0]


def _rows(part: str, items: Sequence[Item]) -> Rows:
    rows: Rows = {name: [] for name in ("articles", "reports", "quotes", "problems", "documents")}
    for ordinal, item in enumerate(items):
        key = {"part": part, "coding": f"{part}.{ordinal}" if item.document else None}
        _add_coded(rows, key, item.coded)
        if item.document:
            own = {
                "ordinal": ordinal,
                "lineage": item.lineage,
                "fingerprint": fingerprint(item.document),
                "coder": item.coder,
                "change": item.change,
            }
            rows["documents"].append({**key, **own, "record": item.document})
    return rows


def _add_coded(rows: Rows, key: Mapping[str, Any], coded: Coded) -> None:
    article = coded.article
    stamp = (article.published or article.updated) if article else None
    about = {
        "published": stamp.value if stamp else None,
        "publisher": article.publisher if article else None,
        "url": article.url if article else None,
        "origin": article.origin if article else None,
    }
    if article:
        rows["articles"].append({**key, "record": article})
    rows["reports"] += ({**key, **about, "record": report} for report in coded.reports)
    rows["quotes"] += ({**key, "record": quote} for quote in coded.quotes)
    rows["problems"] += ({**key, "document_id": coded.id, "record": problem} for problem in coded.problems)


def _unstorable(item: Item, table: str, why: str) -> Item:
    """The item without what cannot be stored; its text stays in the problem's words only."""
    name = _clean(item.coded.id)
    message = f"it cannot be kept in a casebook: a value of its {table} is out of range: {_clean(why)}"
    problem = Problem("unstorable", message, "Mend the input and code it again.", name, fatal=True)
    document = item.document and replace(
        item.document,
        id=_clean(item.document.id),
        path=_clean(item.document.path),
        url=_clean(item.document.url),
        given={_clean(k): _clean(v) for k, v in item.document.given.items()},
    )
    return replace(item, document=document, coded=Coded(name, None, problems=(problem,)), lineage=_clean(item.lineage))


def _clean(text: Any) -> Any:
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text
