"""What people decided, laid over a snapshot's views: reports and events as SQL shows them by default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dateline.records import Account, Happening, Member
from dateline.store import encoding
from dateline.store.faults import explained
from dateline.store.snapshot import Snapshot, definition
from dateline.store.tables import TABLES

Judge = Callable[[Snapshot], tuple[Iterable[str], Sequence[Happening]]]
"""Tells which happenings judgements bear on, by id, and what became of them (``review.laid.judged``)."""

_OWN = ("coding", "published", "publisher", "url", "origin")
_VIEWS = {"reports": "id", "merged_events": "id", "event_members": "report_id"}


def lay_over(snapshot: Snapshot, judge: Judge) -> None:
    """Let the views of reports and events, where the snapshot has any, show the happenings as people judged them."""
    if not snapshot.made.intersection(_VIEWS):
        return
    touched, happenings = judge(snapshot)
    named = sorted(touched)
    if not named:
        return
    snapshot.need(" ".join(_VIEWS))
    with explained(snapshot.where):
        gone = {"merged_events": named, **dict.fromkeys(("reports", "event_members"), _reports_of(snapshot, named))}
        rows = {
            "reports": list(_reports(snapshot, happenings)),
            "merged_events": list(_events(happenings)),
            "event_members": list(_members(happenings)),
        }
        for view in _VIEWS:
            _replace(snapshot, view, gone[view], rows[view])


def _reports_of(snapshot: Snapshot, named: Sequence[str]) -> list[str]:
    """The reports that stand for a happening of these ids, or that an event of these ids holds."""
    sql = (
        "SELECT id FROM reports WHERE id IN (SELECT unnest($named)) "
        "UNION SELECT report_id FROM event_members WHERE event_id IN (SELECT unnest($named))"
    )
    return [id_ for (id_,) in snapshot.con.execute(sql, {"named": list(named)}).fetchall()]


def _replace(snapshot: Snapshot, view: str, gone: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    con, table = snapshot.con, TABLES["events" if view == "merged_events" else view]
    own = ", ".join(name for name in ("part", "ordinal", "removed") if name in ("part", *table.own))
    made = encoding.relation(con, table, [{"part": "", **row} for row in rows])
    version = f", {snapshot.version} AS version" if view == "merged_events" else ""
    con.execute(f"CREATE TABLE _gone_{view} AS SELECT unnest($ids) AS {_VIEWS[view]}", {"ids": list(gone)})
    con.execute(definition(view).replace(f"CREATE VIEW {view} AS", f"CREATE VIEW _coded_{view} AS"))
    con.execute(
        f"CREATE OR REPLACE VIEW {view} AS "
        f"SELECT * FROM _coded_{view} ANTI JOIN _gone_{view} USING ({_VIEWS[view]}) "
        f"UNION ALL BY NAME SELECT * EXCLUDE ({own}){version} FROM {made.alias}"
    )


def _reports(snapshot: Snapshot, happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    accounts = {account.report.id: account for happening in happenings for account in happening.accounts}
    sql = f"SELECT id, {', '.join(_OWN)} FROM reports WHERE id IN (SELECT unnest($ids))"
    for id_, *own in snapshot.con.execute(sql, {"ids": list(accounts)}).fetchall():
        yield {**dict(zip(_OWN, own, strict=True)), "record": accounts[id_].report}


def _events(happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    return ({"ordinal": 0, "removed": False, "record": h.event} for h in happenings if not _is_alone(h))


def _members(happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    return ({"record": _member(h, account)} for h in happenings if not _is_alone(h) for account in h.accounts)


def _member(happening: Happening, account: Account) -> Member:
    report = account.report
    return Member(happening.event.id, report.id, report.article_id, account.score, account.why)


def _is_alone(happening: Happening) -> bool:
    """Whether a report stands for the happening, as the view ``events`` has it anyhow."""
    return happening.event.id == happening.accounts[0].report.id
