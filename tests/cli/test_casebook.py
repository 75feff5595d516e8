"""``code --into``, ``sql``, ``history`` and ``diff`` from arguments to output and exit code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import pipeline
from dateline.cli import exits, into
from dateline.cli.app import run
from dateline.records import Coded, Document, Problem
from tests.store.samples import CODER, code

Captured = pytest.CaptureFixture[str]


class Fake:
    """A coder without weights; it stops at documents that say so."""

    version = CODER

    def code_item(self, item: Document | Problem) -> Coded:
        if isinstance(item, Problem):
            return Coded(item.where or "", None, problems=(item,))
        if b"STOP" in item.data and stopping:
            raise KeyboardInterrupt
        return code(item)


stopping: list[bool] = []


@pytest.fixture(autouse=True)
def _by_fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pipeline.Coder, "load", lambda *_, **__: Fake())
    yield
    stopping.clear()


def pages(path: Path, *texts: str) -> str:
    lines = [json.dumps({"id": f"p{n}", "text": text}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines))
    return str(path)


@pytest.fixture
def book(tmp_path: Path, capsys: Captured) -> str:
    """A casebook of two versions."""
    folder = str(tmp_path / "book")
    for texts in (("3 killed in Dorsa, says A.", "Nothing new."), ("3 killed in Dorsa, says A.", "4 killed there.")):
        assert run(["code", pages(tmp_path / "pages.jsonl", *texts), "--into", folder]) == exits.OK
    capsys.readouterr()
    return folder


def asked(capsys: Captured, *arguments: str) -> str:
    assert run(arguments) == exits.OK
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_code_into_tells_what_it_did(tmp_path: Path, capsys: Captured) -> None:
    folder = str(tmp_path / "book")
    file = pages(tmp_path / "pages.jsonl", "3 killed.", "Nothing.")
    assert run(["code", file, "--into", folder]) == exits.OK
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"dateline: {folder}: version 1: 2 new, 1 reports\n"
    assert run(["code", file, "--into", folder]) == exits.OK
    assert capsys.readouterr().err == f"dateline: {folder}: nothing new; 2 articles were known\n"


def test_code_into_goes_on_after_what_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    folder, good = str(tmp_path / "book"), pages(tmp_path / "pages.jsonl", "3 killed.", "  ")
    assert run(["code", good, str(tmp_path / "none.txt"), "--into", folder]) == exits.SOME_FAILED
    err = capsys.readouterr().err
    assert "none.txt: there is no such file or folder. Check the path" in err
    assert "1 new, 1 reports" in err
    rows = asked(capsys, "sql", folder, "SELECT code FROM problems ORDER BY 1", "-f", "csv")
    assert rows == "code\nempty\nmissing\n"
    assert run(["code", str(tmp_path / "none.txt"), "--into", folder]) == exits.NOTHING_CODED


def test_an_interrupted_run_is_resumed_without_its_input(tmp_path: Path, capsys: Captured) -> None:
    folder, file = str(tmp_path / "book"), pages(tmp_path / "pages.jsonl", "1 killed.", "2 killed.", "STOP 3 killed.")
    stopping.append(True)
    assert run(["code", file, "--into", folder]) == exits.INTERRUPTED
    err = capsys.readouterr().err
    assert f"what was coded is kept; go on with: dateline code --into {folder} --resume" in err
    assert "not finished" in asked(capsys, "history", folder)
    stopping.clear()
    assert run(["code", "--into", folder, "--resume"]) == exits.OK
    assert "version 1: 3 new, 3 reports; 2 were coded before the interruption" in capsys.readouterr().err
    assert run(["code", "--into", folder, "--resume"]) == exits.USAGE
    assert "no interrupted run to resume" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["code"], "Missing argument"),
        (["code", "--into", "{book}"], "Missing argument"),
        (["code", "--resume", "x.txt"], "need --into"),
        (["code", "x.txt", "--storage-option", "A=B"], "need --into"),
        (["code", "x.txt", "--into", "{book}", "-f", "csv"], "dateline sql"),
        (["code", "x.txt", "--into", "{book}", "--min-confidence", "0.5"], "dateline sql"),
        (["sql", "{book}", "SELECT 1", "-f", "parquet"], "needs --output"),
        (["sql", "{book}", "SELECT 1", "--storage-option", "region"], "KEY=VALUE"),
    ],
)
def test_wrong_arguments(book: str, capsys: Captured, arguments: list[str], told: str) -> None:
    assert run([a.format(book=book) for a in arguments]) == exits.USAGE
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sql", "{book}", "DROP VIEW events"], "read-only"),
        (["sql", "{book}", "SELECT 1", "--as-of", "7"], "no version 7"),
        (["sql", "{book}/none", "SELECT 1"], "no such folder"),
        (["history", "{book}/reports"], "it is no casebook"),
        (["diff", "{book}", "1", "soon"], "is no version"),
    ],
)
def test_what_cannot_be_answered(book: str, capsys: Captured, arguments: list[str], told: str) -> None:
    assert run([a.format(book=book) for a in arguments]) == exits.NOT_FIT
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""


SQL = "SELECT article_id, killed_low, day, counts FROM reports JOIN events USING (id, killed_low) ORDER BY article_id"


def test_sql_as_csv_json_and_table(book: str, capsys: Captured) -> None:
    rows = list(csv.DictReader(io.StringIO(asked(capsys, "sql", book, SQL, "-f", "csv"))))
    assert [r["article_id"] for r in rows] == ["p0", "p1"]
    assert json.loads(rows[0]["counts"])[0]["of"] == "killed"
    listed = json.loads(asked(capsys, "sql", book, SQL, "-f", "json"))
    lines = [json.loads(line) for line in asked(capsys, "sql", book, SQL, "-f", "jsonl").splitlines()]
    assert listed == lines
    assert (lines[0]["killed_low"], lines[0]["day"], lines[0]["counts"][0]["high"]) == (3, "2021-07-14", 5)
    assert re.search(r"p0 +3 +2021-07-14", asked(capsys, "sql", book, SQL))
    assert json.loads(asked(capsys, "sql", book, "SELECT 1 AS a WHERE false", "-f", "json")) == []
    assert (
        json.loads(asked(capsys, "sql", book, "SELECT sum(killed_low) * 1.5 AS x FROM events", "-f", "jsonl"))["x"] == 9
    )


def test_sql_into_files(book: str, capsys: Captured, tmp_path: Path) -> None:
    import duckdb

    for name in ("out.parquet", "out.csv", "out.jsonl"):
        asked(capsys, "sql", book, SQL, "-o", str(tmp_path / name))
    assert len(duckdb.connect().read_parquet(str(tmp_path / "out.parquet")).fetchall()) == 2
    assert (tmp_path / "out.csv").read_text().startswith("article_id,killed_low,day,counts\np0,3,2021-07-14,")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert sorted(p.name for p in tmp_path.glob("out*")) == ["out.csv", "out.jsonl", "out.parquet"]


def test_a_failed_query_leaves_the_file_as_it_was(book: str, tmp_path: Path) -> None:
    (tmp_path / "out.parquet").write_text("old")
    assert run(["sql", book, "SELECT nothing", "-o", str(tmp_path / "out.parquet")]) == exits.NOT_FIT
    assert (tmp_path / "out.parquet").read_text() == "old"
    assert [p.name for p in tmp_path.glob("out*")] == ["out.parquet"]


def test_sql_as_of(book: str, capsys: Captured) -> None:
    count = "SELECT count(*) AS n FROM events"
    assert [asked(capsys, "sql", book, count, "--as-of", v, "-f", "csv") for v in ("0", "1", "2")] == [
        "n\n0\n",
        "n\n1\n",
        "n\n2\n",
    ]


def test_sql_without_a_query_lists_the_views(book: str, capsys: Captured) -> None:
    listed = {row["view"]: row["columns"] for row in json.loads(asked(capsys, "sql", book, "-f", "json"))}
    assert {"events", "reports", "dyad_week", "events_acled_style", "versions"} <= listed.keys()
    assert not [name for name in listed if name.startswith(("_", "rows"))]
    assert "killed_low" in listed["events"]


def test_sql_from_standard_input(book: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 7 AS n"))
    assert asked(capsys, "sql", book, "-", "-f", "csv") == "n\n7\n"


def test_history(book: str, capsys: Captured) -> None:
    first, second = json.loads(asked(capsys, "history", book, "-f", "json"))
    assert (first["version"], first["new"], first["reports"], first["coder"]) == (1, 2, 1, CODER)
    assert (second["version"], second["changed"], second["new"]) == (2, 1, 0)
    assert first["inputs"].endswith("pages.jsonl")


def test_diff(book: str, capsys: Captured) -> None:
    lines = asked(capsys, "diff", book, "1").splitlines()
    assert lines[:2] == ["version 1 to 2", "articles: 1 changed"]
    assert re.match(r"\+ rep_\w+ · 2021-07-14 · ASSAULT", lines[2])
    found = json.loads(asked(capsys, "diff", book, "2", "1", "-f", "json"))
    assert (len(found["deleted"]), found["new"], found["changed"], found["merged"]) == (1, [], [], [])


def test_progress_counts_files_and_lines(tmp_path: Path) -> None:
    file = pages(tmp_path / "pages.jsonl", "a", "b", "c")
    (tmp_path / "page.txt").write_text("x")
    (tmp_path / "picture.png").write_bytes(b"x")
    assert into.total((file,)) == 3
    assert into.total((str(tmp_path),)) == 4
    assert into.total((file, str(tmp_path / "none.txt"))) == 4
    assert into.total((file, "-")) is None


def test_problems_of_articles_are_told(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Problem("odd", "it is odd", "Look at it.", "p0")
    monkeypatch.setattr(Fake, "code_item", lambda self, item: replace(code(item), problems=(odd,)))
    assert run(["code", pages(tmp_path / "p.jsonl", "3 killed."), "--into", str(tmp_path / "book")]) == exits.OK
    assert "dateline: p0: it is odd. Look at it." in capsys.readouterr().err
