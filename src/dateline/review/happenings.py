"""The happenings of a casebook, one at a time: their number costs hardly any memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

import msgspec

from dateline.records import Account, Event, Happening, Report
from dateline.review.events import alone
from dateline.review.spill import spilled

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
            spill.put(number - 1, row)
        for _, some in groupby(spill.rows(), key=itemgetter(0)):
            yield from _happening(list(some))


def _numbered(view: View, where: str) -> str:
    """SQL for events and their reports in any order. Numbered from 1 they are in order of day and id, each event, where
    there is one, before its reports."""
    return f"""
WITH chosen AS (SELECT id, day FROM events WHERE {where}),
told AS MATERIALIZED (
  SELECT id, report_id, score, why, row_number() OVER (ORDER BY day NULLS LAST, id, report_id NULLS FIRST) AS number
  FROM (
    SELECT c.id, c.day, m.report_id, m.score, m.why FROM chosen c JOIN event_members m ON m.event_id = c.id
    UNION ALL SELECT id, day, NULL, NULL, NULL FROM chosen SEMI JOIN merged_events USING (id)
    UNION ALL SELECT id, day, id, NULL, '' FROM chosen ANTI JOIN merged_events USING (id)
  )
)
SELECT number, t.id, NULL, record, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM told t JOIN (SELECT id, {view.packed("events")} AS record FROM merged_events) e USING (id)
WHERE t.report_id IS NULL
UNION ALL
SELECT number, t.id, t.report_id, record, r.publisher, r.url, r.published, a.headline, r.origin, t.score, t.why
FROM told t
JOIN (SELECT id, coding, publisher, url, published, origin, {view.packed("reports")} AS record FROM reports) r
  ON r.id = t.report_id
LEFT JOIN articles a ON a.coding = r.coding"""


def _happening(rows: Sequence[Sequence[Any]]) -> Iterator[Happening]:
    """The happening that consecutive rows of one id are of, if it has a report."""
    _, report_id, record, *_ = rows[0]
    event = _event.decode(record) if report_id is None else None
    told = [_account(row) for row in (rows[1:] if event else rows)]
    if told and event:
        yield Happening(event, _led(event.lead, told))
    elif told:
        yield Happening(alone(told[0]), tuple(told))


def _account(row: Sequence[Any]) -> Account:
    _, _, record, publisher, url, published, headline, origin, score, why = row
    return Account(_report.decode(record), publisher, url, published, headline, origin, None, score, why)


def _led(lead: str | None, several: Sequence[Account]) -> tuple[Account, ...]:
    return tuple(sorted(several, key=lambda t: (t.report.id != lead, t.published or "", t.report.id)))
