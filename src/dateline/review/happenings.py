"""The happenings of a casebook, read in slices so that a large one need not fit into memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from dateline.records import Account, Event, Happening, Member, Report
from dateline.review.events import alone

SLICE = 20_000
"""Happenings that are held in memory at once."""


class View(Protocol):
    """One version of a casebook, as ``Casebook.snapshot`` gives it."""

    def records(self, table: str, where: str = "true", **parameters: Any) -> Iterator[Any]:
        """The records of a table."""

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """A cursor over the answer to a query."""


def ids(view: View, where: str, parameters: Mapping[str, Any], order: str = "day, id") -> list[str]:
    """The ids of the happenings that a condition over the view ``events`` lets through, in order."""
    found = view.execute(f"SELECT id FROM events WHERE {where} ORDER BY {order}", parameters).fetchall()
    return [id_ for (id_,) in found]


def read(view: View, wanted: Iterable[str]) -> Iterator[Happening]:
    """The happenings of these ids, in their order, as the programs made them.

    An event none of whose reports is current any more is left out: its articles were coded anew since the last
    merging, and their reports stand for themselves.
    """
    iterator = iter(wanted)
    while some := list(itertools.islice(iterator, SLICE)):
        made = _read(view, some)
        yield from (made[id_] for id_ in some if id_ in made)


def _read(view: View, some: Sequence[str]) -> dict[str, Happening]:
    events: list[Event] = list(view.records("events", "id IN (SELECT unnest($ids))", ids=some))
    held = [e.id for e in events]
    members: list[Member] = list(view.records("event_members", "event_id IN (SELECT unnest($ids))", ids=held))
    single = list(set(some) - set(held))
    told = accounts(view, [*(m.report_id for m in members), *single], {m.report_id: m for m in members})
    out = {id_: Happening(alone(told[id_]), (told[id_],)) for id_ in single if id_ in told}
    groups: dict[str, list[Account]] = {}
    for member in members:
        if member.report_id in told:
            groups.setdefault(member.event_id, []).append(told[member.report_id])
    out |= {e.id: Happening(e, _led(e.lead, groups[e.id])) for e in events if e.id in groups}
    return out


def accounts(view: View, report_ids: Sequence[str], members: Mapping[str, Member]) -> dict[str, Account]:
    """The current reports of these ids, with what their articles say of themselves."""
    if not report_ids:
        return {}
    about = view.execute(
        "SELECT r.id, r.publisher, r.url, r.published, a.headline, r.origin FROM reports r "
        "LEFT JOIN articles a ON a.coding = r.coding WHERE r.id IN (SELECT unnest($ids))",
        {"ids": list(report_ids)},
    ).fetchall()
    known = {id_: rest for id_, *rest in about}
    reports: Iterator[Report] = view.records("reports", "id IN (SELECT unnest($ids))", ids=list(report_ids))
    return {r.id: _account(r, known[r.id], members.get(r.id)) for r in reports}


def _account(report: Report, about: Sequence[str | None], member: Member | None) -> Account:
    publisher, url, published, headline, origin = about
    score, why = (member.score, member.why) if member else (None, "")
    return Account(report, publisher, url, published, headline, origin, None, score, why)


def _led(lead: str | None, several: Sequence[Account]) -> tuple[Account, ...]:
    return tuple(sorted(several, key=lambda t: (t.report.id != lead, t.published or "", t.report.id)))
