"""Judgements laid over happenings, and found again after recoding and merging anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.records import ActorRef, Happening, Judgement, Report
from dateline.review.anchors import Anchor
from dateline.review.events import event_of
from dateline.review.overlay import Laid, lay
from tests.review.samples import TEXT, account, article, judgement, reports, singles

SHOT, CONDEMNED, BACK = reports()


def merged(*given: Report, id_: str = "evt_1") -> Happening:
    accounts = tuple(account(r) for r in given)
    return Happening(event_of(id_, accounts, "merger 1"), accounts)


def ids(laid: Laid) -> list[list[str]]:
    return sorted(sorted(a.report.id for a in h.accounts) for h in laid.happenings)


def correct(field: str, value: object, at: int = 1, subject: Report = SHOT) -> Judgement:
    return judgement("correct", subject, at, field=field, value=json.dumps(value))


def only(laid: Laid) -> Happening:
    assert laid.idle == ()
    (one,) = laid.happenings
    return one


def test_without_judgements_nothing_changes() -> None:
    given = singles(SHOT, CONDEMNED)
    assert lay(given, []).happenings == tuple(given)


def test_withdrawn_judgements_do_nothing() -> None:
    given = singles(SHOT)
    assert lay(given, [replace(judgement("reject", SHOT), withdrawn=True)]).happenings == tuple(given)


def test_a_rejected_report_is_gone_and_comes_back_when_accepted_later() -> None:
    reject, accept = judgement("reject", SHOT, 1), judgement("accept", SHOT, 2)
    assert lay(singles(SHOT), [reject]).happenings == ()
    assert only(lay(singles(SHOT), [accept, reject])).judged == ("accept", "reject")


def test_a_rejected_report_leaves_its_event() -> None:
    event = merged(SHOT, BACK)
    assert event.event.actors[0].name in ("Gunmen", "Hill Front")
    left = only(lay([event], [judgement("reject", SHOT)]))
    assert (left.event.id, left.event.reports, [p.name for p in left.event.actors]) == ("evt_1", 1, ["Hill Front"])
    assert left.judged == ("reject",)


@pytest.mark.parametrize(
    ("field", "value", "got"),
    [
        ("type", "COERCE/seize", lambda e: (e.type, e.mode, e.quad, e.cameo) == ("COERCE", "seize", 4, "17")),
        ("type", "AID", lambda e: (e.type, e.mode, e.quad) == ("AID", None, 2)),
        ("mode", None, lambda e: (e.type, e.mode) == ("ASSAULT", None)),
        ("status", "negated", lambda e: e.status == "negated"),
        ("moment", None, lambda e: e.moment is None),
        ("places", [], lambda e: e.places == ()),
        (
            "actors",
            [{"start": 0, "end": 5, "text": "Shots", "name": "Bandits"}],
            lambda e: e.actors[0].name == "Bandits",
        ),
    ],
)
def test_corrections(field: str, value: object, got: Callable[[object], bool]) -> None:
    one = only(lay(singles(SHOT), [correct(field, value)]))
    assert got(one.event)
    assert (one.event.id, one.accounts[0].verdict, one.judged) == (SHOT.id, "correct", ("correct",))


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "WAR"), ("type", "AID/aerial"), ("status", "sure"), ("actors", [1]), ("colour", "red")],
)
def test_a_correction_that_does_not_fit_is_told_and_changes_nothing(field: str, value: object) -> None:
    laid = lay(singles(SHOT), [correct(field, value)])
    assert laid.happenings == tuple(singles(SHOT))
    assert len(laid.idle) == 1


def test_what_people_checked_outranks_what_they_did_not() -> None:
    other = replace(BACK, id="rep_other", type="PROTEST", quad=4, confidence=0.99)
    third = replace(other, id="rep_third", article_id="art_3")
    event = merged(SHOT, other, third)
    assert event.event.type in ("PROTEST", "ASSAULT")
    one = only(lay([event], [correct("type", "COERCE/arrest")]))
    assert (one.event.type, one.event.mode, one.event.reports) == ("COERCE", "arrest", 3)


def test_same_joins_and_different_parts() -> None:
    same = judgement("same", SHOT, 1, other=BACK.id)
    joined = only(lay(singles(SHOT, BACK), [same]))
    assert (joined.event.reports, joined.event.id.startswith("evt_"), joined.judged) == (2, True, ("same",))
    different = judgement("different", SHOT, 2, other=BACK.id)
    assert ids(lay(singles(SHOT, BACK), [same, different])) == sorted([[SHOT.id], [BACK.id]])
    assert ids(lay([merged(SHOT, BACK, CONDEMNED)], [different])) == sorted(
        [sorted([SHOT.id, CONDEMNED.id]), [BACK.id]]
    )


def test_those_known_to_be_with_the_other_leave_with_it() -> None:
    different = judgement("different", SHOT, other=BACK.id, value=json.dumps([BACK.id, CONDEMNED.id]))
    assert ids(lay([merged(SHOT, BACK, CONDEMNED)], [different])) == sorted(
        [[SHOT.id], sorted([BACK.id, CONDEMNED.id])]
    )


def test_a_joined_event_keeps_the_id_of_the_larger_one() -> None:
    same = judgement("same", CONDEMNED, other=SHOT.id)
    assert only(lay([*singles(CONDEMNED), merged(SHOT, BACK)], [same])).event.id == "evt_1"


def test_a_judgement_of_an_event_is_one_of_its_reports() -> None:
    event = merged(SHOT, BACK)
    assert lay([event], [replace(judgement("reject", SHOT), subject="evt_1", anchor=None)]).happenings == ()
    old = replace(judgement("reject", SHOT), subject="evt_0", anchor=None)
    assert lay([event], [old], {"evt_0": "evt_00", "evt_00": "evt_1"}).happenings == ()
    assert lay([event], [old], {"evt_0": "evt_00", "evt_00": "evt_0"}).idle[0][0] == old


def recoded(**changes: object) -> Report:
    """The shooting as a newer coder has it: another id."""
    return replace(SHOT, id="rep_new", **changes)  # type: ignore[arg-type]


EDITED = "Corrected: shots in Strelsau\n\nPolice said more.\n\n" + TEXT.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    "now",
    [
        recoded(type="COERCE"),
        recoded(trigger=replace(SHOT.trigger, end=SHOT.trigger.end + 6, text="shot three")),
        replace(reports(EDITED)[0], id="rep_new"),
        replace(reports(EDITED)[0], id="rep_new", article_id="art_2"),
    ],
    ids=["another type", "a longer trigger", "the text moved", "a new article at the same address"],
)
def test_a_report_that_was_coded_anew_finds_its_judgements(now: Report) -> None:
    made = [correct("status", "planned", 1), judgement("accept", SHOT, 2, value='{"type": "ASSAULT/firearms"}')]
    one = only(lay(singles(now, *reports()[1:])[:1], made))
    assert (one.event.id, one.event.status, one.event.type, one.event.mode) == (
        "rep_new", "planned", "ASSAULT", "firearms",
    )  # fmt: skip


@pytest.mark.parametrize(
    "now",
    [
        recoded(article_id="art_9"),
        replace(BACK, id="rep_new"),
        replace(CONDEMNED, id="rep_new"),
    ],
    ids=["another article", "the same trigger word in another sentence", "another trigger"],
)
def test_other_reports_do_not(now: Report) -> None:
    given = [replace(h, accounts=tuple(replace(a, url=None) for a in h.accounts)) for h in singles(now)]
    laid = lay(given, [judgement("reject", SHOT)])
    assert (laid.happenings, len(laid.idle)) == (tuple(given), 1)


def test_judgements_of_pairs_survive_merging_anew() -> None:
    anchors = f"[{Anchor.of(account(SHOT)).text},{Anchor.of(account(BACK)).text}]"
    different = judgement("different", SHOT, other=BACK.id, anchor=anchors)
    again, back = recoded(type="COERCE"), replace(BACK, id="rep_back", confidence=0.1)
    laid = lay([merged(again, back, id_="evt_77")], [different])
    assert ids(laid) == [["rep_back"], ["rep_new"]]
    assert laid.idle == ()


def test_of_two_reports_at_one_trigger_the_one_of_its_type_is_meant() -> None:
    one, other = recoded(type="AID"), replace(SHOT, id="rep_right", confidence=0.2)
    assert ids(lay(singles(one, other), [judgement("reject", SHOT)])) == [["rep_new"]]


def test_actors_are_records_of_the_package() -> None:
    ref = ActorRef(0, 5, "Shots", "Bandits", "bandits", "armed_group", "AUT", "CRM")
    value = {"name": "Bandits", "id": "bandits", "kind": "armed_group", "country": "AUT", "sector": "CRM"}
    made = correct("recipients", [{"start": 0, "end": 5, "text": "Shots", **value}])
    one = only(lay(singles(SHOT), [made]))
    assert one.accounts[0].report.recipients == (ref,)
    assert article().text[0:5] == "Shots"
