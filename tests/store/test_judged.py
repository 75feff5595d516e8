"""SQL shows reports and events as people judged them, and as coded where that is asked for."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.records import Event, Judgement, Member
from dateline.review.laid import happenings, judged
from dateline.store import Casebook
from tests.store.samples import CODER, Coders, code, document

A, B, C, D = (code(document(name)).reports[0] for name in "abcd")
PAIR = "evt_of_a_and_b"
_EVENTS = "SELECT id, type, killed_low, reports, articles FROM events ORDER BY id"
_MEMBERS = "SELECT event_id, report_id FROM event_members ORDER BY ALL"


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """A casebook of four reports, of which the first two are merged into an event."""
    book.code([document(name) for name in "abcd"], Coders(), CODER)
    event = Event(PAIR, "ASSAULT", "firearms", "occurred", A.moment, reports=2, articles=2, sources=1, lead=A.id)
    book.write_events([event], [Member(PAIR, r.id, r.article_id, 0.9, "same because") for r in (A, B)])
    return book


def said(subject: str, verdict: str, **given: str) -> Judgement:
    """A judgement by invented people; the later in the alphabet its verdict, the later it was made."""
    return Judgement(f"jud {subject} {verdict}", verdict, subject, "Ana", f"2021-08-01T10:00:0{len(verdict)}Z", **given)


TOLL = '[{"of": "killed", "start": 0, "end": 6, "text": "Gunmen", "low": 9, "high": 9}]'
CASES: dict[str, tuple[Judgement, ...]] = {
    "a type is corrected": (said(C.id, "correct", field="type", value='"COERCE/arrest"'),),
    "the type of an event is corrected": (said(PAIR, "correct", field="type", value='"THREATEN"'),),
    "a toll is corrected": (said(D.id, "correct", field="counts", value=TOLL),),
    "a report is rejected": (said(C.id, "reject"),),
    "a report of an event is rejected": (said(A.id, "reject"),),
    "a whole event is rejected": (said(PAIR, "reject"),),
    "two reports are the same": (said(C.id, "same", other=D.id),),
    "a report goes into an event": (said(PAIR, "same", other=D.id),),
    "two are told apart": (said(A.id, "different", other=B.id),),
    "an acceptance": (said(A.id, "accept"),),
    "several": (
        said(C.id, "same", other=D.id),
        said(B.id, "reject"),
        said(D.id, "correct", field="type", value='"AID"'),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_events_are_those_of_the_exports(book: Casebook, name: str) -> None:
    before = list(book.query(_EVENTS)), list(book.query(_MEMBERS)), list(book.query("SELECT * FROM reports"))
    book.write_judgements(CASES[name])
    laid = list(happenings(book.snapshot()))
    tolls = {h.event.id: next((c.low for c in h.event.counts if c.of == "killed"), None) for h in laid}
    expected = [(e.id, e.type, tolls[e.id], e.reports, e.articles) for e in (h.event for h in laid)]
    assert list(book.query(_EVENTS, judge=judged)) == sorted(expected)
    inside = [(h.event.id, a.report.id) for h in laid for a in h.accounts if h.event.id != a.report.id]
    assert list(book.query(_MEMBERS, judge=judged)) == sorted(inside)
    told = {a.report.id: a.report.type for h in laid for a in h.accounts}
    assert dict(book.query("SELECT id, type FROM reports", judge=judged)) == told
    after = list(book.query(_EVENTS)), list(book.query(_MEMBERS)), list(book.query("SELECT * FROM reports"))
    assert after == before


def test_views_made_of_others_follow(book: Casebook) -> None:
    book.write_judgements([*CASES["a report is rejected"], *CASES["a toll is corrected"]])
    sql = "SELECT events, assaults, killed_low FROM country_month"
    assert list(book.query(sql)) == [(2, 2, 6)]
    assert list(book.query(sql, judge=judged)) == [(1, 1, 9)]
    (actor,) = book.query("SELECT as_actor FROM actors WHERE id = 'gunmen'", judge=judged)
    assert actor == (3,)
    acled = "SELECT max(fatalities) FROM events_acled_style"
    assert (list(book.query(acled)), list(book.query(acled, judge=judged))) == ([(3,)], [(9,)])


def test_what_the_store_knows_of_a_report_stays(book: Casebook) -> None:
    columns = "id, coding, published, publisher, origin, published_day, sentence, places"
    before = {row[0]: row for row in book.query(f"SELECT {columns} FROM reports")}
    book.write_judgements(CASES["a type is corrected"])
    assert {row[0]: row for row in book.query(f"SELECT {columns} FROM reports", judge=judged)} == before


@pytest.mark.parametrize("judgements", [(), tuple(replace(j, withdrawn=True) for j in CASES["several"])])
def test_without_judgements_that_hold_nothing_differs(book: Casebook, judgements: tuple[Judgement, ...]) -> None:
    book.write_judgements(judgements)
    for view in ("reports", "events", "merged_events", "event_members"):
        sql = f"SELECT * FROM {view} ORDER BY ALL"
        assert list(book.query(sql, judge=judged)) == list(book.query(sql))


def test_a_version_from_before_the_judgement(book: Casebook, tmp_path: Path) -> None:
    version = book.version
    book.write_judgements(CASES["a report is rejected"])
    count = "SELECT count(*) FROM events"
    assert [list(book.query(count, v, judged)) for v in (version, None)] == [[(3,)], [(2,)]]
    path = str(tmp_path / "left.parquet")
    assert book.query_to_parquet("SELECT id FROM events", path, judge=judged) == 2


def test_names_of_helpers_are_out_of_sight(book: Casebook) -> None:
    book.write_judgements(CASES["several"])
    names = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name NOT LIKE '\\_%' ESCAPE '\\'"
    assert list(book.query(names, judge=judged)) == list(book.query(names))


def test_no_query_leaves_a_folder(book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spill").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spill"))
    assert list(book.query("SELECT count(*) FROM events")) == [(3,)]
    assert list((tmp_path / "spill").iterdir()) == []
