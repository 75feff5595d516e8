"""Ids of events from merging to merging, and the merge log."""

from __future__ import annotations

import pytest

from dateline.merging.identity import Named, named
from dateline.records import Event, Merge


def event(id_: str, first: str | None = "2021-07-14") -> Event:
    return Event(id_, "ASSAULT", None, "occurred", first_reported=first)


def settle(groups: list[str], before: dict[str, str], fresh: str = "", firsts: dict[str, str] | None = None) -> Named:
    """Reports are letters; ``before`` has the letters of each event."""
    firsts = firsts or {}
    event_of = {report: id_ for id_, letters in before.items() for report in letters}
    events = {id_: event(id_, firsts.get(id_, "2021-07-14")) for id_ in before}
    return named([list(g) for g in groups], events, event_of, fresh, lambda report: ("", report))


def test_a_new_event_is_named_after_its_first_report() -> None:
    one, other = settle(["ab", "c"], {}, fresh="abc"), settle(["abd", "c"], {}, fresh="abcd")
    assert one.ids == other.ids
    assert one.ids[0] is not None
    assert one.ids[0].startswith("evt_")
    assert one.ids[1] is None
    assert (one.merges, one.removed) == ((), ())


def test_an_event_keeps_its_id_as_it_grows_and_shrinks() -> None:
    assert settle(["abc"], {"evt_1": "ab"}, fresh="c").ids == ("evt_1",)
    assert settle(["a"], {"evt_1": "ab"}).ids == ("evt_1",)


@pytest.mark.parametrize(("firsts", "kept"), [({"evt_2": "2021-07-01"}, "evt_2"), ({}, "evt_1")])
def test_of_joined_events_the_first_reported_lives_on(firsts: dict[str, str], kept: str) -> None:
    result = settle(["abcd"], {"evt_1": "a", "evt_2": "bcd"}, firsts=firsts)
    gone = "evt_1" if kept == "evt_2" else "evt_2"
    assert result.ids == (kept,)
    assert result.merges == (Merge(gone, kept, "their reports tell of one happening"),)
    assert result.removed == (gone,)


def test_of_an_event_that_falls_apart_the_larger_piece_keeps_the_id() -> None:
    result = settle(["ab", "cde"], {"evt_1": "abcde"})
    assert result.ids[1] == "evt_1"
    assert result.ids[0] not in (None, "evt_1")
    assert (result.merges, result.removed) == ((), ())


def test_a_lone_report_that_joins_others_goes_into_the_log_unless_it_is_fresh() -> None:
    result = settle(["ab"], {}, fresh="b")
    assert result.merges == (Merge("a", str(result.ids[0]), "it tells of the same happening"),)


def test_an_id_is_not_given_twice() -> None:
    """The first report of an event has gone to another group, and founds a new event there."""
    founded = str(settle(["ab"], {}, fresh="ab").ids[0])
    result = settle(["ax", "bcd"], {founded: "abcd"}, fresh="x")
    assert result.ids[1] == founded
    assert result.ids[0] not in (None, founded)
