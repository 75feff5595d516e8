"""Events, their members, the merge log and judgements in the casebook, and differences between versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.records import Claim, Event, Judgement, Location, Member, Merge, Moment, Party, StatusChange, Toll
from dateline.store import Casebook, casebook
from dateline.store.diff import lines
from tests.store.samples import CODER, Coders, code, document, with_reports

EVENT = Event(
    "evt_1", "ASSAULT", "firearms", "occurred", Moment("2021-07-14", "2021-07-14", "day"),
    (Party("Gunmen", "gunmen", "armed_group", "RUR", "REB", 2),), (Party("Villagers", sector="CVL"),),
    (Location("Strelsau", 902, 47.1, 15.1, "AUT", "Hentzau", "town", 12.0),), (Toll("killed", 3, 5),),
    (Claim("killed", "3", ("rep_a",), 1), Claim("killed", "5", ("rep_b",), 1), Claim("type", "AID", ("rep_a",), 2)),
    (StatusChange("2021-07-14", "occurred", "rep_a"),), 2, 2, 2, "2021-07-14", "2021-07-15", "rep_a", "Gunmen shot.",
    0.9, 4, -9.0, "19", "merger 1",
)  # fmt: skip


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """A casebook with three articles of one report each, at version 1."""
    book.code([document(name) for name in "abc"], Coders(), CODER)
    return book


def members(book: Casebook, event: str, articles: str) -> list[Member]:
    found = [r for r in book.reports() if r.article_id in articles]
    return [Member(event, r.id, r.article_id, 0.8, "same because of place and day") for r in found]


def test_events_come_back_as_they_were_written(book: Casebook) -> None:
    belong = members(book, "evt_1", "ab")
    run = book.write_events([EVENT], belong, merger="merger 1")
    assert (run.version, run.kind, run.coder) == (2, "merge", "merger 1")
    assert list(book.events()) == [EVENT]
    assert list(book.members()) == sorted(belong, key=lambda m: m.report_id)
    assert [r.article_id for r in book.reports_of("evt_1")] == ["a", "b"]
    assert list(book.reports_of("evt_1", as_of=1)) == list(book.reports_of("it's none")) == []


def test_reports_that_no_event_holds_stand_for_themselves(book: Casebook) -> None:
    assert list(book.query("SELECT reports, sources FROM events")) == [(1, 1)] * 3
    book.write_events([EVENT], members(book, "evt_1", "ab"))
    rows = list(book.query("SELECT reports, disputed, place, killed_low, killed_high FROM events ORDER BY reports"))
    assert rows == [(1, [], "Strelsau", 3, 5), (2, ["killed"], "Strelsau", 3, 5)]
    assert len(list(book.query("SELECT * FROM events", as_of=1))) == 3


def test_a_rewritten_event_has_only_its_new_members(book: Casebook) -> None:
    book.write_events([EVENT], members(book, "evt_1", "abc"))
    book.write_events([replace(EVENT, reports=1)], members(book, "evt_1", "c"))
    assert [m.article_id for m in book.members()] == ["c"]
    assert [e.reports for e in book.events()] == [1]
    assert len(list(book.members(as_of=2))) == 3


def test_many_events_are_written_part_by_part(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casebook, "_EVENTS_A_PART", 1)
    other = replace(EVENT, id="evt_2")
    run = book.write_events([EVENT, other], [*members(book, "evt_1", "a"), *members(book, "evt_2", "bc")])
    assert (run.version, len(run.parts), run.counts["events"], run.counts["event_members"]) == (2, 3, 2, 3)
    assert {(m.event_id, m.article_id) for m in book.members()} == {("evt_1", "a"), ("evt_2", "b"), ("evt_2", "c")}


def test_merged_events_are_followed_by_the_log(book: Casebook) -> None:
    other = replace(EVENT, id="evt_2")
    book.write_events([EVENT, other], [*members(book, "evt_1", "a"), *members(book, "evt_2", "b")])
    merge = Merge("evt_2", "evt_1", "same place and day")
    book.write_events([EVENT], members(book, "evt_1", "ab"), merges=[merge], removed=[other])
    assert [e.id for e in book.events()] == ["evt_1"]
    assert list(book.merges()) == [merge]
    difference = book.diff(2, 3)
    assert difference.merged == (("evt_2", "evt_1", "same place and day"),)
    assert difference.deleted == ()
    assert "> evt_2 merged into evt_1 (same place and day)" in list(lines(difference))


def test_reports_that_an_event_took_in_are_merged_and_not_deleted(book: Casebook) -> None:
    belong = members(book, "evt_1", "ab")
    book.write_events([EVENT], belong)
    difference = book.diff(1, 2)
    assert {old: new for old, new, _ in difference.merged} == {m.report_id: "evt_1" for m in belong}
    assert [e["id"] for e in difference.new] == ["evt_1"]
    assert difference.deleted == ()


def test_the_log_is_followed_to_its_end(book: Casebook) -> None:
    one, two, three = (replace(EVENT, id=f"evt_{n}") for n in (1, 2, 3))
    book.write_events([one, two, three], [])
    book.write_events([two], [], merges=[Merge("evt_3", "evt_2", "first")], removed=[three])
    book.write_events([one], [], merges=[Merge("evt_2", "evt_1", "second")], removed=[two])
    assert book.diff(2, 4).merged == (("evt_2", "evt_1", "second"), ("evt_3", "evt_1", "first"))


def test_judgements_keep_their_last_state(book: Casebook) -> None:
    first = Judgement("jud_1", "reject", "rep_a", "reviewer", "2021-08-01T10:00:00Z", "a drill")
    second = Judgement("jud_2", "same", "evt_1", "reviewer", "2021-08-01T11:00:00Z", other="evt_2")
    book.write_judgements([first, second])
    taken_back = replace(first, withdrawn=True)
    run = book.write_judgements([taken_back])
    assert run.kind == "judge"
    assert list(book.judgements()) == [taken_back, second]
    assert list(book.judgements(as_of=2)) == [first, second]


def recode(book: Casebook, *names: str, text: str = "", coder: str = "newer") -> None:
    book.code([document(name, text) for name in names], Coders(coder), coder)


def test_recoding_with_the_same_result_is_no_change(book: Casebook) -> None:
    recode(book, "a", "b")
    difference = book.diff(1)
    assert (difference.new, difference.changed, difference.deleted) == ((), (), ())
    assert difference.articles == {"new": 0, "changed": 0, "recoded": 2, "deleted": 0}


def test_values_that_another_coder_reads_otherwise_are_changes(book: Casebook) -> None:
    graver = with_reports(code(document("a"), "newer"), lambda r: replace(r, status="possible", mode=None))
    book.commit([(document("a"), graver)])
    (change,) = book.diff(1, 2).changed
    assert change.fields == {"status": ("occurred", "possible"), "mode": ("firearms", None)}
    assert f"~ {change.id} mode: firearms -> none; status: occurred -> possible" in list(lines(book.diff(1)))


def test_new_and_deleted_events(book: Casebook) -> None:
    recode(book, "a", text="Nothing happened.", coder=CODER)
    recode(book, "d", coder=CODER)
    difference = book.diff(1)
    assert len(difference.new) == len(difference.deleted) == 1
    assert difference.articles == {"new": 1, "changed": 1, "recoded": 0, "deleted": 0}
    backwards = book.diff(3, 1)
    assert (backwards.new, backwards.deleted) == (difference.deleted, difference.new)


def test_a_report_that_only_moved_in_its_article_is_the_same(book: Casebook) -> None:
    """A sentence put in front moves every offset and with them the reports' ids."""
    text = "Gunmen killed 3 people in Strelsau, says a."
    moved = document("a", f"Corrected. {text}")
    coded = code(moved)
    before = code(document("a")).reports[0]
    moved_only = with_reports(coded, lambda r: replace(r, sentence=before.sentence, recipients=before.recipients))
    book.commit([(moved, moved_only)])
    difference = book.diff(1)
    assert (difference.new, difference.changed, difference.deleted) == ((), (), ())
    assert difference.articles["changed"] == 1


def test_a_version_does_not_differ_from_itself(book: Casebook) -> None:
    difference = book.diff(1, 1)
    assert (difference.new, difference.changed, difference.deleted, difference.merged) == ((), (), (), ())
    assert list(lines(difference)) == ["version 1 to 1", "articles: no change"]
