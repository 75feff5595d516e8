"""Judgements as JSON lines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dateline.records import Judgement, Problem
from dateline.review.lines import news, read, written
from tests.review.samples import judgement, reports

SHOT, _, BACK = reports()
MADE = [
    judgement("accept", SHOT, 1, value='{"type": "ASSAULT"}'),
    judgement("correct", SHOT, 2, field="status", value='"planned"'),
    replace(judgement("same", SHOT, 3, other=BACK.id), withdrawn=True),
]


def test_there_and_back() -> None:
    assert list(read(written(MADE), "x.jsonl")) == MADE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"verdict": "maybe"}, "no verdict 'maybe'"),
        ({"verdict": "same"}, "needs `other`"),
        ({"verdict": "correct"}, "needs `field` and `value`"),
        ({"verdict": "correct", "field": "type", "value": '"WAR"'}, "WAR is not in PLOVER"),
        ({"verdict": "correct", "field": "type", "value": "WAR"}, "no JSON"),
        ({"at": "yesterday"}, "Invalid isoformat"),
        ({"subject": 1}, "Expected `str`"),
    ],
)
def test_what_is_no_judgement_is_a_problem(changes: dict[str, object], reason: str) -> None:
    text = json.dumps({**json.loads(next(written([judgement("accept", SHOT)]))), **changes})
    (problem,) = read([text], "x.jsonl")
    assert isinstance(problem, Problem)
    assert reason in problem.message
    assert problem.where == "x.jsonl:1"


def test_news() -> None:
    first, second, third = MADE
    back = replace(third, withdrawn=False)
    changed = replace(first, withdrawn=True)
    assert news([first, second, back], [first, third]) == [second]
    assert news([changed], [first]) == [changed]
    assert all(isinstance(j, Judgement) for j in MADE)
