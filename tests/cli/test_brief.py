"""``brief`` and ``situation`` from arguments to output and exit code, over a casebook of the demo's articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dateline.cli import exits, situation
from dateline.cli.app import run
from dateline.merging.situation import KINDS
from dateline.records import Coded
from dateline.store import Casebook
from tests.merging.samples import told

Captured = pytest.CaptureFixture[str]
ITEMS = (
    told("Reds seized Zenda.", "COERCE/seize", trigger="seized", who="Reds", place="Zenda", first="2021-08-03"),
    told("Reds bombed Hentzau, killing four.", "ASSAULT/explosives", trigger="bombed", who="Reds", place="Hentzau",
         first="2021-08-05", killed=(4, 4)),
    told("Reds took a town.", "COERCE/seize", trigger="took", who="Reds", thing="a town", first="2021-08-05"),
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> str:
    """A casebook of three articles on Ruritania, which has Austria's code here."""
    folder = str(tmp_path / "book")
    made = (Coded(t.article.id, t.article, (t.report,)) for t in ITEMS)
    Casebook.create(folder).commit(made)
    return folder


def test_brief_as_markdown(book: str, capsys: Captured) -> None:
    assert run(["brief", book, "--country", "AUT"]) == exits.OK
    out = capsys.readouterr().out
    assert out.startswith("# Austria, 3–5 August 2021: situation report\n")
    assert "- **Seizure of Zenda (Strelsau) by Reds** \\[1\\] (3 August 2021; 1 outlet)" in out
    assert re.search(r"  - Killed 4 \\\[\d\\\]", out)
    assert "- Zenda (Strelsau): held by Reds, since 3 August 2021 \\[1\\]" in out
    assert "1. Zenda Times, “News of the day”, 3 August 2021." in out


@pytest.mark.parametrize(("name", "options"), [("b.html", []), ("b.htm", []), ("b.txt", ["--format", "html"])])
def test_brief_as_a_page(book: str, tmp_path: Path, name: str, options: list[str]) -> None:
    target = tmp_path / name
    assert run(["brief", book, "--country", "austria", "-o", str(target), *options]) == exits.OK
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "Made by dateline" in text
    assert "version 1 of a casebook" in text


def test_an_empty_period_says_so(book: str, capsys: Captured) -> None:
    asked = ["brief", book, "--country", "AUT", "--since", "2021-01-01", "--until", "2021-01-31"]
    assert run(asked) == exits.OK
    assert "No report of this casebook tells of an event in Austria" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--country", "Ruritania"], "'Ruritania' is no country"),
        (["--country", "AUT", "--since", "August"], "give a day such as"),
        (["--country", "AUT", "--since", "2021-09-01"], "ends before it begins"),
        ([], "--country"),
    ],
)
def test_what_cannot_be_asked(book: str, capsys: Captured, options: list[str], words: str) -> None:
    assert run(["brief", book, *options]) == exits.USAGE
    assert words in " ".join(capsys.readouterr().err.split())


def test_no_casebook(tmp_path: Path, capsys: Captured) -> None:
    for command in (["brief", "--country", "AUT"], ["situation", "--at", "2021-08-04"]):
        assert run([command[0], str(tmp_path / "none"), *command[1:]]) == exits.NOT_FIT
        assert "casebook" in capsys.readouterr().err


def test_a_casebook_without_days(tmp_path: Path, capsys: Captured) -> None:
    Casebook.create(tmp_path / "book")
    assert run(["brief", str(tmp_path / "book"), "--country", "AUT"]) == exits.USAGE
    assert "give --since and --until" in capsys.readouterr().err


def test_situation_as_a_table(book: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert run(["situation", book, "--at", "2021-08-04"]) == exits.OK
    out, err = capsys.readouterr()
    assert out.splitlines()[1].split() == [
        "holds", "Zenda", "(Strelsau):", "held", "by", "Reds", "3", "August", "2021", "reported", ITEMS[0].report.id,
    ]  # fmt: skip
    assert err == ""


def test_situation_tells_what_it_passed_over(book: str, capsys: Captured) -> None:
    assert run(["situation", book, "--at", "2021-08-06"]) == exits.OK
    assert "1 report tell" in capsys.readouterr().err
    assert run(["situation", book, "--at", "2021-08-06", "--format", "json"]) == exits.OK
    found = json.loads(capsys.readouterr().out)
    assert [state["kind"] for state in found["states"]] == ["holds"]
    assert found["states"][0]["evidence"][0]["quote"] == "Reds seized Zenda."
    assert [id_ for id_, _ in found["passed_over"]] == [ITEMS[2].report.id]


def test_situation_as_markdown(book: str, capsys: Captured) -> None:
    assert run(["situation", book, "--at", "2021-08-04", "-f", "markdown"]) == exits.OK
    out = capsys.readouterr().out
    assert "## Who holds what" in out
    assert "**Zenda (Strelsau): held by Reds**, since 3 August 2021 (reported)" in out
    assert f"- “Reds seized Zenda.” (Zenda Times, 3 August 2021; {ITEMS[0].report.id})" in out


@pytest.mark.parametrize("options", [["--kind", "curfew"], ["--country", "FRA"]])
def test_situation_filters(book: str, capsys: Captured, options: list[str]) -> None:
    assert run(["situation", book, "--at", "2021-08-04", *options]) == exits.OK
    out, err = capsys.readouterr()
    assert out == ""
    assert "no report tells of a state" in err


def test_kinds_are_those_of_the_room() -> None:
    assert situation.KINDS == KINDS
