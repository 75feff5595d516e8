"""The commands from arguments to output and exit code, over samples made by hand."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import pipeline
from dateline.cli import exits
from dateline.cli.app import run
from dateline.errors import ModelError
from dateline.export.csv import COLUMNS
from dateline.records import Coded, Document, Problem
from tests.cli.conftest import TEXT, ByHand

pytestmark = pytest.mark.usefixtures("by_hand")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def page(tmp_path: Path) -> str:
    """One input."""
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    return str(path)


@pytest.fixture
def pages(tmp_path: Path) -> str:
    """An input of three articles, the second without an event, and a broken line."""
    path = tmp_path / "pages.jsonl"
    lines = [json.dumps({"id": f"p{k}", "text": text}) for k, text in enumerate((TEXT, "QUIET", TEXT))]
    path.write_text("\n".join([*lines, "{broken"]))
    return str(path)


@pytest.mark.parametrize("columns", ["100", "160"])
def test_table(page: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run(["code", page]) == exits.OK
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= int(columns)
    words = ("Rebels take the market town", "published 2021-07-26 (given)", "own reporting", "Dorsa Front AFG REB",
             "COERCE seize", "“seized”", "Dorsa AFG", "2021-07-23", "occurred 0.90", "officials", "at least 46 killed",
             "possible 0.40", "2 reports, 1 quote.")  # fmt: skip
    assert [w for w in words if w not in out] == []


def test_table_without_events(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "quiet.txt").write_text("QUIET")
    assert run(["code", str(tmp_path / "quiet.txt")]) == exits.OK
    assert "No political event was found in it." in capsys.readouterr().out


def test_json_is_an_object_for_one_and_an_array_for_several(page: str, pages: str, capsys: Captured) -> None:
    assert run(["code", page, "--format", "json"]) == exits.OK
    one = json.loads(capsys.readouterr().out)
    assert list(one) == ["id", "text", "article", "reports", "quotes", "problems"]
    assert one["reports"][0]["trigger"] == {"start": 49, "end": 55, "text": "seized"}
    assert run(["code", pages, "--format", "json"]) == exits.SOME_FAILED
    several = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in several[:3]] == ["p0", "p1", "p2"]
    assert several[3]["article"] is None
    assert several[3]["problems"][0]["code"] == "bad-line"


def test_jsonl(pages: str, capsys: Captured) -> None:
    assert run(["code", "-f", "jsonl", pages]) == exits.SOME_FAILED
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()][:3] == ["p0", "p1", "p2"]
    assert "pages.jsonl:4: this line is not JSON" in err


def test_csv_into_a_file_named_so(pages: str, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "out.CSV"
    assert run(["code", pages, "-o", str(target)]) == exits.SOME_FAILED
    assert capsys.readouterr().out == ""
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 4
    assert (rows[1]["type"], rows[1]["killed_low"], rows[1]["killed_high"]) == ("ASSAULT", "46", "")


def test_least_confidence(page: str, capsys: Captured) -> None:
    assert run(["code", page, "-f", "json", "--min-confidence", "0.5"]) == exits.OK
    out, err = capsys.readouterr()
    assert [r["confidence"] for r in json.loads(out)["reports"]] == [0.9]
    assert "1 of 2 reports are less certain than 0.5. Lower --min-confidence to see them." in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "--format", "xml", "x"],
        ["code", "--min-confidence", "2", "x"],
        ["code", "--published", "last Friday", "x"],
        ["code", "--jobs", "-1", "x"],
        ["explain"],
        ["nonsense"],
    ],
)
def test_usage_errors(arguments: list[str], capsys: Captured) -> None:
    assert run(arguments) == exits.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "Error: " in err


def test_nothing_coded(tmp_path: Path, capsys: Captured) -> None:
    assert run(["code", str(tmp_path / "absent.txt")]) == exits.NOTHING_CODED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("there is no such file or folder. Check the path and that you may read it.\n")


def test_not_fit(page: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> None:
        raise ModelError("the weights are gone; reinstall dateline")

    monkeypatch.setattr(pipeline.Coder, "load", load)
    assert run(["code", page]) == exits.NOT_FIT
    assert capsys.readouterr().err == "dateline: the weights are gone; reinstall dateline\n"


def test_output_that_cannot_be_written(page: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["code", page, "-o", str(tmp_path / "nowhere" / "x.csv")]) == exits.NOT_FIT
    assert "No such file or directory" in capsys.readouterr().err


def test_interrupted(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.Coder, "load", load)
    assert run(["code", page]) == exits.INTERRUPTED


def test_options_reach_the_document(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    class Listening(ByHand):
        def code_item(self, item: Document | Problem) -> Coded:
            assert isinstance(item, Document)
            seen.append(item.given)
            return super().code_item(item)

    monkeypatch.setattr(pipeline.Coder, "load", lambda *_, **__: Listening())
    assert run(["code", page, "--published", "2021-07-27T16:08+05:30", "--title", "T"]) == exits.OK
    assert run(["explain", page, "--published", "2021-07-27"]) == exits.OK
    assert seen == [{"published": "2021-07-27T16:08+05:30", "title": "T"}, {"published": "2021-07-27"}]


def test_explain(page: str, capsys: Captured) -> None:
    assert run(["explain", page]) == exits.OK
    out = " ".join(capsys.readouterr().out.split())
    at = TEXT.index("officials")
    words = ("published 2021-07-26 (given)", "set apart Subscribe now", "[who: The rebels] [1 did: seized]",
             "[what+where: Dorsa] [when: on Friday]", "is Dorsa Front, AFG REB (0.80): named elsewhere in the article",
             "Hentzau, AFG, town, 1.5000 2.5000 within 5 km, GeoNames 7 (0.70): the only one of the name; "
             "rather than Dorsa, Elsewhere (0.20)", "it was 2021-07-23 (day): the Friday before",
             f"“officials” {at}–{at + 9} is not resolved: no word of it is known", "is at least 46 killed",
             "or else the type is COERCE 0.30 so when it was cannot be told",
             "direct “We will go on”, said: “their chief” is not resolved")  # fmt: skip
    assert [w for w in words if w not in out] == []


@pytest.mark.parametrize("wanted", ["2", "rep_bbbbbbbbbbbb", "rep_b"])
def test_explain_one_report(page: str, capsys: Captured, wanted: str) -> None:
    assert run(["explain", page, wanted]) == exits.OK
    out = capsys.readouterr().out
    assert "rep_bbbbbbbbbbbb" in out
    assert "rep_aaaaaaaaaaaa" not in out
    assert "Quotes" not in out


@pytest.mark.parametrize("wanted", ["3", "rep_c", "x"])
def test_explain_no_such_report(page: str, capsys: Captured, wanted: str) -> None:
    assert run(["explain", page, wanted]) == exits.USAGE
    assert f"no report is {wanted!r}" in capsys.readouterr().err


def test_explain_does_not_number_over_several_articles(pages: str) -> None:
    assert run(["explain", pages, "1"]) == exits.USAGE
    assert run(["explain", pages, "rep_a"]) == exits.SOME_FAILED


def test_demo(capsys: Captured, tmp_path: Path) -> None:
    assert run(["demo"]) == exits.OK
    assert "COERCE seize" in capsys.readouterr().out
    assert run(["demo", "--explain"]) == exits.OK
    assert "[1 did: seized]" in capsys.readouterr().out
    assert run(["demo", "--text"]) == exits.OK
    assert "Spin Boldak" in capsys.readouterr().out


def test_version(capsys: Captured) -> None:
    import dateline

    assert run(["--version"]) == exits.OK
    assert capsys.readouterr().out == f"dateline {dateline.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["code", "-h"], ["explain", "--help"], ["demo", "-h"], ["doctor", "-h"]]
)
def test_help(arguments: list[str], capsys: Captured) -> None:
    assert run(arguments) == exits.OK
    assert "Usage: dateline" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "dateline", "demo", "--text"], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (exits.PIPE_CLOSED, b"")


def test_an_error_of_ours_costs_one_article(coded: Coded, capsys: Captured) -> None:
    class Failing(pipeline.Coder):
        def code(self, document: Document) -> Coded:
            if b"RAISE" in document.data:
                raise ZeroDivisionError("asked for")
            return replace(coded, id=document.id)

    failing = Failing.__new__(Failing)
    lines = "\n".join(json.dumps({"id": t, "text": t}) for t in ("one", "RAISE", "three"))
    found = list(failing.code_all(["-"], lines.encode()))
    assert [c.id for c in found] == ["one", "RAISE", "three"]
    assert [p.code for p in found[1].problems] == ["internal"]
    assert "ZeroDivisionError: asked for (test_commands.py:" in found[1].problems[0].message
