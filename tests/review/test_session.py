"""The review as a state machine, with scripted keys."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable

import pytest

from dateline.records import Account, ActorRef, Judgement, Moment, PlaceRef
from dateline.review.overlay import lay
from dateline.review.queue import Item, queue
from dateline.review.session import State, Tools, kind, moment, press
from tests.review.samples import account, reports, singles

SHOT, CONDEMNED, BACK = reports()
ENTER = "\r"


def tools() -> Tools:
    minutes = itertools.count(1)

    def actor(name: str, of: Account) -> ActorRef:
        return ActorRef(of.report.trigger.start, of.report.trigger.end, of.report.trigger.text, name, kind="police")

    def place(name: str, of: Account) -> PlaceRef:
        return PlaceRef(
            of.report.trigger.start, of.report.trigger.end, of.report.trigger.text, name, 7, 1.0, 2.0, "RUR"
        )

    return Tools("reviewer", lambda: f"2021-08-01T10:{next(minutes):02d}:00+00:00", actor, place)


def played(keys: Iterable[str], items: Iterable[Item] | None = None) -> tuple[State, list[Judgement]]:
    """The state after the keys, and every judgement row in order."""
    given = tools()
    state, rows = State(tuple(queue(singles(SHOT, CONDEMNED, BACK)) if items is None else items)), []
    for key in keys:
        state, row = press(state, key, given)
        rows += [row] if row else []
    return state, rows


def test_the_most_doubtful_come_first() -> None:
    items = queue(singles(SHOT, CONDEMNED, BACK))
    assert [i.account.report for i in items] == [BACK, SHOT, CONDEMNED]
    assert items[0].why == "confidence 0.50"


def test_accept_reject_and_the_end() -> None:
    state, rows = played("arn")
    assert [(r.verdict, r.subject) for r in rows] == [("accept", BACK.id), ("reject", SHOT.id)]
    assert (state.item, state.done) == (None, False)
    assert played("arnq")[0].done
    assert json.loads(rows[0].value or "") == {"type": "ASSAULT", "status": "occurred"}
    assert len({r.id for r in rows}) == 2


@pytest.mark.parametrize(
    ("keys", "field", "value", "note"),
    [
        (["t", *"ass/ae", ENTER], "type", "ASSAULT/aerial", "type: ASSAULT aerial"),
        (["t", *"xx\x7f\x7faid", "\n"], "type", "AID", "type: AID"),
        (["m", *"pl", ENTER], "status", "planned", "status: planned"),
        (["d", *"2021-07", ENTER], "moment", "2021-07-31", "date: 2021-07-01..2021-07-31"),
        (["d", ENTER], "moment", None, "date: unknown"),
        (["w", *"Zenda Police", ENTER], "actors", "Zenda Police", "who: Zenda Police"),
        (["o", ENTER], "recipients", [], "to whom: nobody"),
        (["p", *"Hentzau", ENTER], "places", "Hentzau", "place: Hentzau"),
    ],
)
def test_corrections(keys: list[str], field: str, value: object, note: str) -> None:
    state, (row,) = played(keys)
    assert (row.verdict, row.field, state.note) == ("correct", field, note)
    assert json.dumps(value) in (row.value or "")
    assert state.item is not None
    assert (state.at, state.item.account.verdict) == (0, "correct")
    ((laid, *_), idle) = lay(singles(BACK), [row]).happenings, lay(singles(BACK), [row]).idle
    assert idle == ()
    assert laid.accounts[0].report == state.item.account.report


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["t", *"war", ENTER], "no type"),
        (["t", *"a", ENTER], "more than one type: AGREE, AID, ACCUSE, ASSAULT"),
        (["t", *"aid/x", ENTER], "no mode of AID"),
        (["d", *"soon", ENTER], "is no date"),
        (["d", *"2021-07-14..2021-07-01", ENTER], "ends before it begins"),
        (["m", ENTER], "no status"),
    ],
)
def test_what_is_no_value_is_told_and_asked_again(keys: list[str], said: str) -> None:
    state, rows = played(keys)
    assert said in state.note
    assert (rows, bool(state.asking)) == ([], True)
    assert played([*keys, "\x1b"])[0].asking is None


def test_undo_takes_back_and_shows_the_question_again() -> None:
    state, rows = played(["t", *"aid", ENTER, "a", "u", "u", "u"])
    assert [(r.verdict, r.withdrawn) for r in rows] == [
        ("correct", False), ("accept", False), ("accept", True), ("correct", True),
    ]  # fmt: skip
    assert rows[0].id == rows[3].id
    assert (state.at, state.note) == (0, "there is nothing to undo")
    assert state.item is not None
    assert state.item.account == account(BACK)
    last = {r.id: r for r in rows}
    assert lay(singles(BACK), last.values()).happenings == tuple(singles(BACK))


def test_undo_after_skipping_goes_back_to_what_was_decided() -> None:
    state, _ = played("annu")
    assert (state.at, state.item and state.item.account.report) == (0, BACK)


def test_pairs() -> None:
    pair = Item(account(SHOT), singles(SHOT)[0].event, 0.5, "near", account(BACK), (BACK.id,))
    for key, verdict in (("s", "same"), ("d", "different")):
        state, (row,) = played(key, [pair])
        assert (row.verdict, row.subject, row.other, state.at) == (verdict, SHOT.id, BACK.id, 1)
        assert len(json.loads(row.anchor or "")) == 2
    assert json.loads(row.value or "") == [BACK.id]
    assert played("a", [pair])[0].note == "'a' does nothing here"


def test_answered_pairs_and_judged_reports_are_not_asked_again() -> None:
    given = singles(SHOT, BACK)
    _, rows = played("ar", queue(given))
    laid = lay(given, rows).happenings
    assert queue(laid, rows) == []


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        ("2021-07-14", "2021-07-14", "2021-07-14", "day"),
        ("2021-12", "2021-12-01", "2021-12-31", "month"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2021-07-14..2021-07-16", "2021-07-14", "2021-07-16", "range"),
        ("2021-07..2021-08", "2021-07-01", "2021-08-31", "range"),
    ],
)
def test_moments(typed: str, first: str, last: str, precision: str) -> None:
    assert moment(typed) == Moment(first, last, precision, "given by a reviewer")


def test_kinds() -> None:
    assert kind("COERCE/seize") == "COERCE/seize"
    assert kind("sanc/exp") == "SANCTION/expel"
