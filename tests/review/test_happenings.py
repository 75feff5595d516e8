"""Happenings are read one at a time, in order, whatever the order in which reports lie."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dateline.records import Event, Member, Moment, Report
from dateline.review import spill
from dateline.review.happenings import of_ids, read
from dateline.review.spill import spilled
from dateline.store import Casebook
from dateline.store.snapshot import Snapshot
from tests.store.samples import code, document, with_reports


def on(day: str, report: Report) -> Report:
    return replace(report, moment=Moment(day, day, "day"))


def made(folder: Path, articles: int) -> Casebook:
    """Reports of as many days, committed in another order; the first and the last are one event."""
    book = Casebook.create(folder)
    numbers = list(range(articles))
    random.Random(1).shuffle(numbers)
    pairs = []
    for n in numbers:
        day = f"20{n // 336:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        one = document(f"n{n}", url=f"https://zenda.example/{n}")
        pairs.append((one, with_reports(code(one), partial(on, day))))
    book.commit(pairs)
    ids = {r.article_id: r for r in book.reports()}
    first, last = ids["n0"], ids[f"n{articles - 1}"]
    event = Event("evt_1", "ASSAULT", None, "occurred", first.moment, reports=2, lead=last.id, sentence="Bombs fell.")
    gone = Event("evt_2", "ASSAULT", None, "occurred", first.moment, reports=1)
    members = [Member("evt_1", r.id, r.article_id, 0.9, "same day") for r in (first, last)]
    book.write_events([event, gone], [*members, Member("evt_2", "rep_gone", "art_gone")])
    return book


@pytest.mark.parametrize("in_memory", [1, 1 << 22])
def test_by_day_with_the_reports_of_an_event_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(spill, "IN_MEMORY", in_memory)
    book = made(tmp_path / "book", 40)
    reports = {r.article_id: r for r in book.reports()}
    found = list(read(book.snapshot(), "true", {}))
    assert found[0].event == next(e for e in book.events() if e.id == "evt_1")
    assert [a.report for a in found[0].accounts] == [reports["n39"], reports["n0"]]
    assert {(a.score, a.why, a.publisher, a.origin) for a in found[0].accounts} == {
        (0.9, "same day", "Zenda Times", "own")
    }
    assert [h.accounts[0].report for h in found[1:]] == [reports[f"n{n}"] for n in range(1, 39)]
    assert {(h.event.id == h.accounts[0].report.id, h.accounts[0].score) for h in found[1:]} == {(True, None)}
    some = [reports["n7"].id, "evt_1", "nothing"]
    assert [h.event.id for h in of_ids(book.snapshot(), some)] == ["evt_1", reports["n7"].id]
    assert list(of_ids(book.snapshot(), [])) == []


def test_a_newer_version_of_an_event_holds(tmp_path: Path) -> None:
    book = made(tmp_path / "book", 3)
    event = next(e for e in book.events() if e.id == "evt_1")
    members = [m for m in book.members() if m.event_id == "evt_1"]
    book.write_events([replace(event, sentence="Shells fell.")], members[:1])
    found = {h.event.id: h for h in read(book.snapshot(), "true", {})}
    assert found["evt_1"].event.sentence == "Shells fell."
    assert [a.report.id for a in found["evt_1"].accounts] == [members[0].report_id]
    assert members[1].report_id in found
    book.write_events([], [], removed=[event])
    assert {h.event.id for h in read(book.snapshot(), "true", {})} == {r.id for r in book.reports()}


def test_rows_come_back_by_number() -> None:
    rows = {n: [f"row {n}", None, 0.5] for n in (5, 0, 3)}
    with spilled() as kept:
        assert list(kept.rows()) == []
        for number, row in rows.items():
            kept.put(number, row)
        assert list(kept.rows()) == [rows[0], rows[3], rows[5]]


class Repeated:
    """A casebook's view whose answers are their first row many times over, the last number first."""

    def __init__(self, view: Snapshot, times: int) -> None:
        self.packed = view.packed
        self._view, self._times = view, times

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        first = next(iter(self._view.rows(sql, parameters)))
        for n in range(self._times, 0, -1):
            yield 2 * n + 1, *first[1:]


def test_memory_does_not_grow_with_the_number_of_happenings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "IN_MEMORY", 1)
    book = made(tmp_path / "book", 3)

    def most(times: int) -> int:
        view = Repeated(book.snapshot(), times)
        tracemalloc.start()
        found = read(view, "report_id = id", {})  # type: ignore[arg-type]
        assert sum(bool(h.accounts) for h in found) == times
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(5_000) - most(100) < 40 * 5_000  # bytes; the record of one happening alone is more than a thousand
