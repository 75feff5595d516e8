"""The happenings of a casebook, one at a time: their number costs hardly any memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from dateline.records import Account, Event, Happening, Report
from dateline.review.events import alone
from dateline.review.spill import spilled

_EVENT, _MEMBER, _REPORT = "event", "member", "report"
_event, _report = msgspec.json.Decoder(Event), msgspec.json.Decoder(Report)


class View(Protocol):
    """One version of a casebook, as ``Casebook.snapshot`` gives it."""

    def records(self, table: str, where: str = "true", **parameters: Any) -> Iterator[Any]:
        """The records of a table."""

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """A cursor over the answer to a query."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The answer to a query, read as it is asked for."""

    def packed(self, table: str) -> str:
        """SQL over the columns of a table's view: the record as JSON."""


def ids(view: View, where: str, parameters: Mapping[str, Any], order: str = "day, id") -> list[str]:
    """The ids of the happenings that a condition over the view ``events`` lets through, in order."""
    found = view.execute(f"SELECT id FROM events WHERE {where} ORDER BY {order}", parameters).fetchall()
    return [id_ for (id_,) in found]


def of_ids(view: View, wanted: Iterable[str]) -> Iterator[Happening]:
    """As ``read``, the happenings of these ids."""
    return read(view, "id IN (SELECT unnest($ids))", {"ids": list(wanted)})


def read(view: View, where: str, parameters: Mapping[str, Any]) -> Iterator[Happening]:
    """The happenings that a condition over the view ``events`` lets through, by day and id, as the programs made them.

    An event none of whose reports is current any more is left out: its articles were coded anew since the last
    merging, and their reports stand for themselves. The database yields reports in the order in which they lie; they
    are put in order on disk. Raises CasebookError on a broken file.
    """
    with spilled() as spill:
        for number, *row in view.rows(_numbered(view, where), parameters):
            spill.put(number, [number, *row])
        yield from _assembled(spill.rows())


def _numbered(view: View, where: str) -> str:
    """SQL for events, what their members say and reports, in any order.

    By their numbers they are in order of day and id: an event, and for each of its reports, at an even number, why it
    is there and at the next one the report; a report that no event holds comes without the first. What the database
    holds at once are the numbers and ids alone.
    """
    return f"""
WITH chosen AS (SELECT id, day FROM events WHERE {where}),
told AS MATERIALIZED (
  SELECT key, 2 * row_number() OVER (ORDER BY day NULLS LAST, id, report_id NULLS FIRST) AS number
  FROM (
    SELECT c.id, c.day, m.report_id, m.report_id AS key FROM chosen c JOIN event_members m ON m.event_id = c.id
    UNION ALL SELECT id, day, NULL, id FROM chosen
  )
)
SELECT number, '{_EVENT}', record, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM told JOIN (SELECT id AS key, {view.packed("events")} AS record FROM merged_events) USING (key)
UNION ALL
SELECT number, '{_MEMBER}', NULL, NULL, NULL, NULL, NULL, NULL, score, why
FROM told JOIN (SELECT report_id AS key, score, why FROM event_members) USING (key)
UNION ALL
SELECT number + 1, '{_REPORT}', record, r.publisher, r.url, r.published, a.headline, r.origin, NULL, NULL
FROM told
JOIN (SELECT id AS key, coding, publisher, url, published, origin, {view.packed("reports")} AS record FROM reports) r
  USING (key)
LEFT JOIN articles a ON a.coding = r.coding"""


def _assembled(rows: Iterable[Sequence[Any]]) -> Iterator[Happening]:
    """The happenings that rows in order are of; an event without a report is none."""
    event: Event | None = None
    told: list[Account] = []
    member: Sequence[Any] | None = None
    for row in rows:
        if row[1] == _MEMBER:
            member = row
        elif row[1] == _REPORT and member is not None and row[0] == member[0] + 1:
            told.append(_account(row, *member[-2:]))
        else:
            yield from _whole(event, told)
            event = _event.decode(row[2]) if row[1] == _EVENT else None
            told = [] if event else [_account(row)]
    yield from _whole(event, told)


def _whole(event: Event | None, told: Sequence[Account]) -> Iterator[Happening]:
    """The happening of an event and its reports, or of a report that no event holds."""
    if told and event:
        yield Happening(event, _led(event.lead, told))
    elif told:
        yield Happening(alone(told[0]), tuple(told))


def _account(row: Sequence[Any], score: float | None = None, why: str = "") -> Account:
    record, publisher, url, published, headline, origin = row[2:8]
    return Account(_report.decode(record), publisher, url, published, headline, origin, None, score, why)


def _led(lead: str | None, several: Sequence[Account]) -> tuple[Account, ...]:
    return tuple(sorted(several, key=lambda t: (t.report.id != lead, t.published or "", t.report.id)))
