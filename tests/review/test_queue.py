"""What is asked: doubts, disputes, weak members, near pairs."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import Claim, Happening
from dateline.review.events import event_of
from dateline.review.queue import queue
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


def test_near_pairs() -> None:
    other = replace(SHOT, id="rep_other", article_id="art_2")
    far = replace(other, id="rep_far", moment=None)
    pairs = [i for i in queue(singles(SHOT, other, far)) if i.other]
    assert [{p.account.report.id, p.other.report.id} for p in pairs if p.other] == [{SHOT.id, "rep_other"}]
    likely = [i for i in queue(singles(SHOT, other), likeness=lambda a, b: 0.98) if i.other]
    assert likely[0].doubt < pairs[0].doubt
