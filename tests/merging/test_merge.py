"""Merging: what becomes one event and what does not, ids, decisions, arrival in any order and day by day."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import pytest

from dateline.merging.decided import Decided
from dateline.merging.merge import Known, Merged, merge
from dateline.merging.model import Comparison
from dateline.records import Event, Member
from tests.merging.samples import Told, told


def attack(sentence: str, killed: int, outlet: str) -> Told:
    """A report of the one attack."""
    return told(sentence, "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda", first="2021-08-03",
                published="2021-08-04", headline="Reds bomb market in Zenda", killed=(killed, killed),
                outlet=outlet)  # fmt: skip


ONE = attack("Reds bombed a market in Zenda, killing 12.", 12, "Zenda Times")
TWO = attack("Reds bombed the market of Zenda and killed 15.", 15, "Hentzau Post")
THREE = attack("At Zenda Reds bombed a market where 12 were killed.", 12, "Strelsau Mail")
SAME = (ONE, TWO, THREE)
ELSEWHERE = told("Reds bombed a bridge in Hentzau.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Hentzau",
                 first="2021-08-03", published="2021-08-04", headline="Bridge hit in Hentzau")  # fmt: skip
A_MONTH_LATER = told("Reds bombed a market in Zenda.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda",
                     first="2021-09-05", published="2021-09-06", headline="Market in Zenda hit again")  # fmt: skip
DENIAL = told("Reds denied any part in Zenda.", "REJECT", trigger="denied", who="Reds", place="Zenda",
              first="2021-08-04", published="2021-08-04", headline="Reds speak")  # fmt: skip
VISIT = told("Blues mourned in Zenda on the anniversary.", "SUPPORT", trigger="mourned", who="Blues", place="Zenda",
             first="2022-08-03", published="2022-08-03", headline="A year on")  # fmt: skip
PLAN = told("Reds will meet Blues in Strelsau.", "CONSULT", trigger="meet", who="Reds", whom="Blues", place="Strelsau",
            first="2021-08-20", published="2021-08-10", status="planned", headline="Talks are set")  # fmt: skip
OTHERS = (ELSEWHERE, A_MONTH_LATER, DENIAL, VISIT, PLAN)


@cache
def comparison() -> Comparison:
    return Comparison.load()


def merged(items: Iterable[Told], **given: object) -> Merged:
    items = list(items)
    return merge([t.report for t in items], [t.article for t in items], comparison(), **given)  # type: ignore[arg-type]


def groups(found: Merged) -> set[frozenset[str]]:
    by_event: dict[str, set[str]] = {}
    for member in found.members:
        by_event.setdefault(member.event_id, set()).add(member.report_id)
    return {frozenset(ids) for ids in by_event.values()}


def ids(items: Iterable[Told]) -> frozenset[str]:
    return frozenset(t.report.id for t in items)


def test_reports_of_one_happening_are_one_event() -> None:
    found = merged(SAME)
    assert groups(found) == {ids(SAME)}
    (event,) = found.events
    assert (event.type, event.mode, event.reports, event.articles, event.sources) == ("ASSAULT", "bombing", 3, 3, 3)
    assert [(c.value, c.sources) for c in event.claims if c.field == "killed"] == [("12", 2), ("15", 1)]
    assert (event.counts[0].low, event.counts[0].high) == (12, 15)
    assert [c.value for c in event.claims if c.field == "moment"] == ["2021-08-03"]
    assert event.merger == comparison().version


def test_members_say_why() -> None:
    for member in merged(SAME).members:
        assert member.why.startswith("same because ")
        assert member.score is not None
        assert member.score >= comparison().threshold / 2


@pytest.mark.parametrize("other", OTHERS, ids=["elsewhere", "later", "denial", "anniversary", "plan"])
def test_look_alikes_stay_apart(other: Told) -> None:
    assert groups(merged([*SAME, other])) == {ids(SAME)}


def test_a_report_that_is_alone_makes_no_event() -> None:
    assert merged(OTHERS) == Merged()
    assert merged([]) == Merged()


def test_a_report_without_its_article_is_merged_all_the_same() -> None:
    found = merge([t.report for t in SAME], [], comparison())
    assert sum(map(len, groups(found))) in (0, 2, 3)
    assert {m.report_id for m in found.members} <= ids(SAME)


def test_a_copy_is_no_second_source() -> None:
    copy = replace(TWO.article, id="art_copy", text=ONE.article.text, publisher="Copyist", paragraphs=(),
                   headline_span=None)  # fmt: skip
    long = " ".join(f"Word{n} stands in both of these texts." for n in range(60))
    one = replace(ONE.article, text=f"{ONE.article.text} {long}")
    report = replace(ONE.report, id="rep_copy", article_id="art_copy")
    found = merge([ONE.report, report], [one, replace(copy, text=one.text)], comparison())
    assert [(e.reports, e.articles, e.sources) for e in found.events] == [(2, 2, 1)]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_arrival_does_not_matter_when_all_come_at_once(seed: int) -> None:
    items = [*SAME, *OTHERS]
    random.Random(seed).shuffle(items)
    assert merged(items) == merged([*SAME, *OTHERS])


def after(before: Merged, found: Merged) -> Known:
    """What a casebook holds after a second merging."""
    changed = {e.id for e in (*found.events, *found.removed)}
    events = {e.id: e for e in (*before.events, *found.events) if e.id not in {r.id for r in found.removed}}
    kept = [m for m in before.members if m.event_id not in changed]
    return Known(tuple(events.values()), (*kept, *found.members))


def known(found: Merged) -> Known:
    return after(Merged(), found)


@pytest.mark.parametrize("days", [(SAME[:2], SAME[2:]), (OTHERS, SAME), ((ONE,), (TWO,), (THREE, *OTHERS))])
def test_day_by_day_comes_out_as_all_at_once(days: Sequence[Sequence[Told]]) -> None:
    sofar: list[Told] = []
    state = Merged()
    for day in days:
        sofar += day
        found = merged(sofar, known=known(state), fresh=ids(day))
        held = after(state, found)
        state = Merged(tuple(held.events), tuple(held.members))
    assert groups(state) == groups(merged(sofar))


def test_what_came_in_does_not_touch_what_it_is_not_linked_to() -> None:
    first = merged(SAME)
    assert merged([*SAME, A_MONTH_LATER], known=known(first), fresh=ids([A_MONTH_LATER])) == Merged()
    assert merged(SAME, known=known(first), fresh=()) == Merged()


def test_an_event_keeps_its_id() -> None:
    first = merged(SAME[:2])
    second = merged(SAME, known=known(first), fresh=ids([THREE]))
    assert [e.id for e in second.events] == [e.id for e in first.events]
    assert [e.reports for e in second.events] == [3]


def test_what_is_gone_leaves_its_event() -> None:
    first = merged(SAME)
    second = merged(SAME[:2], known=known(first), fresh=())
    assert [(e.id, e.reports) for e in second.events] == [(first.events[0].id, 2)]
    third = merged([VISIT], known=known(first), fresh=())
    assert [e.id for e in third.removed] == [first.events[0].id]


def test_decisions_hold() -> None:
    a, b = ONE.report.id, TWO.report.id
    parted = groups(merged(SAME, decided=Decided(different=[(a, b)])))
    assert not any({a, b} <= group for group in parted)
    far = A_MONTH_LATER.report.id
    joined = merged([*SAME, A_MONTH_LATER], decided=Decided(same=[(a, far)]))
    assert any({a, far} <= group for group in groups(joined))
    assert "same because it was judged to be" in {m.why for m in joined.members if m.report_id == far}


def test_a_plan_comes_about() -> None:
    ahead = told("Reds will meet Blues in Strelsau on August 20.", "CONSULT/meet", trigger="meet", who="Reds",
                 whom="Blues", place="Strelsau", first="2021-08-20", published="2021-08-18", status="planned",
                 headline="Reds to meet Blues in Strelsau")  # fmt: skip
    done = told("Reds met Blues in Strelsau on August 20.", "CONSULT/meet", trigger="met", who="Reds", whom="Blues",
                place="Strelsau", first="2021-08-20", published="2021-08-21",
                headline="Reds meet Blues in Strelsau")  # fmt: skip
    decided = Decided(same=[(ahead.report.id, done.report.id)])
    (event,) = merged([done, ahead], decided=decided).events
    assert [(s.day, s.status) for s in event.statuses] == [("2021-08-18", "planned"), ("2021-08-21", "occurred")]
    assert event.status == "occurred"
    assert [c.value for c in event.claims if c.field == "status"] == ["planned; occurred"]


def test_what_is_denied_is_disputed() -> None:
    denied = replace(TWO, report=replace(TWO.report, status="negated"))
    (event,) = merged([ONE, denied, THREE], decided=Decided(same=[(ONE.report.id, denied.report.id)])).events
    assert [(c.value, c.sources) for c in event.claims if c.field == "status"] == [("occurred", 2), ("negated", 1)]


def test_known_by_id_alone() -> None:
    """An id that another event has is not given to a new one."""
    first = merged(SAME).events[0].id
    assert merged(SAME, known=Known(taken=(first,))).events[0].id != first


def test_records_come_out() -> None:
    found = merged(SAME)
    assert all(isinstance(e, Event) for e in found.events)
    assert all(isinstance(m, Member) and m.article_id.startswith("art_") for m in found.members)
