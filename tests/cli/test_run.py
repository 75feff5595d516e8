"""Counting, filtering, telling problems."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.cli import exits
from dateline.cli.run import Run, line
from dateline.records import Coded, Problem

FAILED = Coded(
    "bad.txt", None, problems=(Problem("empty", "the input is empty", "Give another.", "bad.txt", fatal=True),)
)
NOTED = Coded("big.txt", None, problems=(Problem("truncated", "only the first part was read", "Split it.", "big.txt"),))


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("", exits.OK),
        ("c", exits.OK),
        ("cn", exits.OK),
        ("cf", exits.SOME_FAILED),
        ("fcf", exits.SOME_FAILED),
        ("f", exits.NOTHING_CODED),
        ("ff", exits.NOTHING_CODED),
    ],
)
def test_exit_codes(coded: Coded, stream: str, code: int) -> None:
    run = Run()
    assert len(list(run.watch({"c": coded, "f": FAILED, "n": NOTED}[k] for k in stream))) == len(stream)
    assert run.exit_code == code


def test_uncertain_reports_leave_a_problem(coded: Coded) -> None:
    kept, quiet = Run(0.5).watch([coded, replace(coded, reports=())])
    assert [r.confidence for r in kept.reports] == [0.9]
    assert [p.code for p in kept.problems] == ["below-confidence"]
    assert kept.problems[0].message == "1 of 2 reports are less certain than 0.5"
    assert quiet.problems == ()


def test_problems_are_one_line_each_on_standard_error(coded: Coded, capsys: pytest.CaptureFixture[str]) -> None:
    list(Run().watch([coded, FAILED, NOTED]))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "dateline: bad.txt: the input is empty. Give another.",
        "dateline: big.txt: only the first part was read. Split it.",
    ]


def test_a_line_break_in_a_message_does_not_break_the_line() -> None:
    assert line(Problem("x", "two\nlines.", "Mend it.")) == "dateline: two lines. Mend it."


def test_many(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert Run.many([str(tmp_path)])
    assert Run.many(["a.jsonl"])
    assert Run.many(["a.txt", "b.txt"])
    assert not Run.many([str(tmp_path / "a.txt")])
