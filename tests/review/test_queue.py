"""What is asked: doubts, disputes, weak members, near pairs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.records import Claim, Happening
from dateline.review.events import event_of
from dateline.review.queue import Item, queue
from tests.review.samples import account, judgement, reports, singles

SHOT, CONDEMNED, BACK = reports()


def test_disputed_values_are_asked_before_what_is_merely_unsure() -> None:
    sure = replace(SHOT, confidence=0.95)
    (one,) = singles(sure)
    claims = (Claim("killed", "3", (sure.id,), 1), Claim("killed", "5", ("rep_x",), 1))
    disputed = replace(one, event=replace(one.event, claims=claims))
    items = queue([*singles(replace(CONDEMNED, confidence=0.8)), disputed])
    assert items[0].account.report == sure
    assert items[0].why == "confidence 0.95; other reports differ in killed"


def test_a_weak_member_is_asked_beside_the_leading_report() -> None:
    accounts = (account(SHOT), replace(account(BACK), score=0.55, why="same place"))
    event = Happening(event_of("evt_1", accounts, "merger 1"), accounts)
    pairs = [i for i in queue([event]) if i.other]
    assert [(p.account.report.id, p.other and p.other.report.id, p.why) for p in pairs] == [
        (SHOT.id, BACK.id, "merged at 0.55: same place")
    ]
    assert [i for i in queue([event], [judgement("same", SHOT, other=BACK.id)]) if i.other] == []


@pytest.mark.parametrize(("score", "threshold", "doubt"), [(0.35, 0.35, 1.0), (0.35, 0.5, 0.7), (0.9, 0.5, 0.2)])
def test_doubt_is_greatest_where_merging_decides(score: float, threshold: float, doubt: float) -> None:
    accounts = (account(SHOT), replace(account(BACK), score=score))
    event = Happening(event_of("evt_1", accounts, "merger 1"), accounts)
    (pair,) = (i for i in queue([event], threshold=threshold) if i.other)
    assert pair.doubt == pytest.approx(doubt)


def test_near_pairs_take_their_place_among_the_others() -> None:
    (one, other) = (account(r) for r in (SHOT, CONDEMNED))
    pairs = [Item(one, singles(SHOT)[0].event, doubt, "near", other) for doubt in (0.9, 0.1)]
    items = queue(singles(SHOT, BACK, CONDEMNED), near=pairs)
    assert [(i.account.report.id, i.other is not None) for i in items] == [
        (BACK.id, False), (SHOT.id, True), (SHOT.id, False), (CONDEMNED.id, False), (SHOT.id, True),
    ]  # fmt: skip
