"""Merging a casebook: all at once and day by day, new versions of articles, decisions, other weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dateline.merging.blocking import whens
from dateline.merging.model import Comparison
from dateline.merging.profile import profiles
from dateline.records import Coded, Document, Judgement, Problem
from dateline.review.decided import decided
from dateline.review.laid import happenings
from dateline.store import Casebook
from dateline.store.merging import _Lot, _stretches, seen
from tests.merging.samples import Told, told

CODER = "test"
Groups = set[frozenset[str]]


def attack(day: int, outlet: str, published: int | None = None) -> Told:
    """One outlet's report of an attack on a market."""
    return told(f"Reds bombed a market in Zenda, said {outlet}.", "ASSAULT/bombing", trigger="bombed", who="Reds",
                place="Zenda", first=f"2021-08-{day:02}", published=f"2021-08-{(published or day + 1):02}",
                headline="Reds bomb market in Zenda", outlet=outlet)  # fmt: skip


FIRST = [attack(3, outlet) for outlet in ("Zenda Times", "Hentzau Post", "Strelsau Mail")]
SECOND = [attack(24, outlet) for outlet in ("Zenda Times", "Hentzau Post")]
LATE = attack(3, "Tarlenheim Echo", published=23)
ELSEWHERE = told("Greens shelled a bridge at Hentzau.", "ASSAULT/heavy-weapons", trigger="shelled", who="Greens",
                 place="Hentzau", first="2021-08-06", published="2021-08-07", headline="Bridge destroyed")  # fmt: skip
MEETING, VISIT = (
    told(f"Blues received envoys on {day} August in Strelsau.", "CONSULT/visit", trigger="received", who="Blues",
         place="Strelsau", first=f"2021-08-{day}", published=f"2021-08-{day}", headline="Envoys at court")
    for day in (12, 28)
)  # fmt: skip
ALL = [*FIRST, *SECOND, LATE, ELSEWHERE]


@cache
def comparison() -> Comparison:
    return Comparison.load()


def add(book: Casebook, items: Iterable[Told]) -> None:
    """Commit articles as one version."""
    found = [(Document(t.article.id, t.article.text.encode(), "text/plain", url=t.article.url),
              Coded(t.article.id, t.article, (t.report,))) for t in items]  # fmt: skip
    book.commit(found, coder=CODER)


def groups(book: Casebook) -> Groups:
    """The reports by event, of events with several."""
    held: dict[str, set[str]] = {}
    for member in book.members():
        held.setdefault(member.event_id, set()).add(member.report_id)
    return {frozenset(ids) for ids in held.values() if len(ids) > 1}


def ids(items: Iterable[Told]) -> frozenset[str]:
    return frozenset(t.report.id for t in items)


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    """A casebook of everything, merged."""
    made = Casebook.create(tmp_path / "book")
    add(made, ALL)
    made.merge(comparison(), decided)
    return made


def test_everything_at_once(book: Casebook) -> None:
    assert groups(book) == {ids([*FIRST, LATE]), ids(SECOND)}
    run = book.history()[-1]
    assert (run.version, run.kind, run.coder, run.counts["seen_version"]) == (2, "merge", comparison().version, 1)
    rows = list(book.query("SELECT reports, articles FROM events ORDER BY reports DESC"))
    assert rows == [(4, 4), (2, 2), (1, 1)]


def test_nothing_new_makes_no_version(book: Casebook) -> None:
    outcome = book.merge(comparison(), decided)
    assert outcome.run is None
    assert (outcome.found.fresh, outcome.found.looked_at) == (0, 0)
    assert book.version == 2


def test_an_empty_casebook_and_one_without_reports(tmp_path: Path) -> None:
    made = Casebook.create(tmp_path / "book")
    assert made.merge(comparison(), decided).run is None
    add(made, [])
    made.commit([Coded("quiet", FIRST[0].article)], coder=CODER)
    assert made.merge(comparison(), decided).run is None
    assert list(made.events()) == []


@pytest.mark.parametrize(
    "days",
    [
        [FIRST, SECOND, [LATE], [ELSEWHERE]],
        [[LATE], SECOND, [ELSEWHERE, FIRST[0]], FIRST[1:]],
        [SECOND, FIRST, [ELSEWHERE, LATE]],
    ],
)
def test_day_by_day_comes_out_as_everything_at_once(book: Casebook, tmp_path: Path, days: Sequence[list[Told]]) -> None:
    other = Casebook.create(tmp_path / "other")
    for day in days:
        add(other, day)
        other.merge(comparison(), decided)
    assert groups(other) == groups(book)
    assert {replace(e, id="") for e in other.events()} == {replace(e, id="") for e in book.events()}


@pytest.mark.parametrize("size", [1, 2, 3])
def test_slice_by_slice_comes_out_as_everything_at_once(
    book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("dateline.store.merging.SLICE", size)
    sliced = Casebook.create(tmp_path / "sliced")
    add(sliced, ALL)
    outcome = sliced.merge(comparison(), decided)
    assert outcome.found.looked_at == len(ALL)
    assert set(sliced.events()) == set(book.events())
    assert set(sliced.members()) == set(book.members())
    add(sliced, [MEETING, VISIT, attack(24, "Tarlenheim Echo")])
    sliced.merge(replace(comparison(), version="other"), decided)
    assert groups(sliced) == {ids([*FIRST, LATE]), ids([*SECOND, attack(24, "Tarlenheim Echo")])}
    assert {e.id for e in book.events()} == {e.id for e in sliced.events()}


def test_what_it_is_not_linked_to_is_not_looked_at(book: Casebook) -> None:
    add(book, [MEETING])
    found = book.merge(comparison(), decided).found
    assert (found.fresh, found.looked_at, found.merged.events) == (1, 1, ())


def test_an_event_keeps_its_id_as_it_grows(book: Casebook) -> None:
    before = {e.id: e.reports for e in book.events()}
    add(book, [attack(24, "Tarlenheim Echo")])
    book.merge(comparison(), decided)
    assert {e.id: e.reports for e in book.events()} == {id_: n + (n == 2) for id_, n in before.items()}
    assert [c.fields["reports"] for c in book.diff(3, 4).changed] == [(2, 3)]


def test_a_new_version_of_an_article_takes_the_place_of_the_old(book: Casebook) -> None:
    old = FIRST[0]
    add(book, [Told(replace(MEETING.article, url=old.article.url), MEETING.report)])
    book.merge(comparison(), decided)
    assert groups(book) == {ids([*FIRST[1:], LATE]), ids(SECOND)}


def judgement(verdict: str, one: Told, other: Told, **more: bool) -> Judgement:
    return Judgement(
        f"jud_{verdict}", verdict, one.report.id, "me", "2021-09-01T10:00:00Z", other=other.report.id, **more
    )


def test_decisions_are_obeyed_and_survive(book: Casebook) -> None:
    parted, joined = judgement("different", FIRST[0], FIRST[1]), judgement("same", FIRST[2], ELSEWHERE)
    book.write_judgements([parted, joined])
    book.merge(comparison(), decided)
    for more in (MEETING, VISIT):
        held = groups(book)
        assert not any({FIRST[0].report.id, FIRST[1].report.id} <= group for group in held)
        assert any({FIRST[2].report.id, ELSEWHERE.report.id} <= group for group in held)
        shown = {frozenset(a.report.id for a in h.accounts) for h in happenings(book.snapshot())}
        assert {group for group in shown if len(group) > 1} == held
        add(book, [more])
        book.merge(replace(comparison(), version="other weights"), decided)
    book.write_judgements([replace(parted, withdrawn=True), replace(joined, withdrawn=True)])
    book.merge(replace(comparison(), version="other weights"), decided)
    assert {group for group in groups(book) if group & ids(ALL)} == {ids([*FIRST, LATE]), ids(SECOND)}


def test_two_events_that_people_took_for_one_stay_one(book: Casebook) -> None:
    """A decision on events, whose ids have become one."""
    one, other = sorted(e.id for e in book.events())
    book.write_judgements([Judgement("jud_1", "same", one, "me", "2021-09-01T10:00:00Z", other=other)])
    book.merge(comparison(), decided)
    assert groups(book) == {ids([*FIRST, LATE, *SECOND])}
    (merge,) = list(book.merges())
    assert {merge.old, merge.new} == {one, other}
    book.merge(replace(comparison(), version="other weights"), decided)
    assert groups(book) == {ids([*FIRST, LATE, *SECOND])}


def test_other_weights_merge_everything_anew_under_the_same_ids(book: Casebook) -> None:
    before = {e.id for e in book.events()}
    outcome = book.merge(replace(comparison(), version="other weights"), decided)
    assert (outcome.found.fresh, outcome.found.looked_at) == (0, len(ALL))
    assert {e.id for e in book.events()} == before
    assert {e.merger for e in book.events()} == {"other weights"}


def moments() -> Iterator[Told]:
    for n, (first, last, published) in enumerate((
        ("2021-08-03", "2021-08-03", "2021-08-04"), ("2021-01-01", "2021-12-31", "2021-08-04"),
        ("2021-07-01", "2021-08-20", "2021-08-04"), (None, None, "2021-08-09"),
    )):  # fmt: skip
        yield told(f"Reds bombed {n}.", "ASSAULT", trigger="bombed", first=first, last=last, published=published)


@pytest.mark.parametrize("item", list(moments()))
@pytest.mark.parametrize("dated", [True, False])
def test_the_database_finds_reports_where_comparing_looks_for_them(tmp_path: Path, item: Told, dated: bool) -> None:
    if not dated:
        article = replace(item.article, published=None)
        item = Told(article, replace(item.report, moment=None))
    book = Casebook.create(tmp_path / "book")
    add(book, [item])
    (profile,) = profiles([item.report], {item.article.id: item.article}, comparison().frequencies)
    for when in whens(profile):
        assert _Lot(book.snapshot(), comparison().frequencies).within({when}) == {item.article.id}


def test_seen() -> None:
    assert set(_stretches(3, 5)) == {3, 4, 5}
    assert set(_stretches(None, None)) == {"some day"}
    assert set(_stretches(3, 90)) == {"long"}
    assert seen([]) == (0, None)


def test_a_problem_is_no_report(tmp_path: Path) -> None:
    book = Casebook.create(tmp_path / "book")
    book.commit([Coded("x", None, problems=(Problem("missing", "gone", "look"),))], coder=CODER)
    assert book.merge(comparison(), decided).run is None
