"""``dateline export`` from arguments to file and exit code, over a real casebook."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.cli import exits
from dateline.cli.app import run
from dateline.cli.export import NAMES
from dateline.export import acled_style, columns, ucdp_style
from dateline.records import ActorRef, Event, Judgement, Member, Moment, Party, Report, StatusChange
from dateline.store import Casebook
from tests.store.samples import code, document, with_reports

Captured = pytest.CaptureFixture[str]
DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def varied(report: Report) -> Report:
    """Reports of many kinds, so that the crosswalks are walked."""
    n = sum(map(ord, report.id))
    kinds = (("ASSAULT", "aerial"), ("ASSAULT", None), ("PROTEST", "riot"), ("COERCE", "arrest"), ("AID", None))
    type_, mode = kinds[n % 5]
    sides = (("armed_group", "REB"), ("military", "MIL"), ("population", "CVL"), ("igo", "IGO"), (None, None))
    kind, sector = sides[n % 7 % 5]
    moments = (None, Moment(None, "2021-07-14", "open"), Moment("2021-07-10", "2021-07-14", "range"), report.moment)
    status = ("occurred", "occurred", "ongoing", "planned")[n % 11 % 4]
    actors = (ActorRef(0, 6, report.sentence.text[:6], "They", None, kind, "RUR", sector),)
    return replace(
        report, type=type_, mode=mode, status=status, actors=actors, moment=moments[n % 13 % 4], quad=4, cameo="18"
    )


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    """A casebook of 40 reports of many kinds, two of them merged."""
    book = Casebook.create(tmp_path / "book")
    documents = [document(f"n{n}", url=f"https://zenda.example/{n}") for n in range(40)]
    book.commit([(d, with_reports(code(d), varied)) for d in documents])
    first, second, *_ = book.reports()
    event = Event(
        "evt_1", "ASSAULT", "aerial", "occurred", first.moment, (Party("Air force", None, "military", "RUR", "MIL"),),
        statuses=(StatusChange("2021-07-14", "occurred", first.id),), reports=2, articles=2, sources=2,
        first_reported="2021-07-14", last_reported="2021-07-14", lead=first.id, sentence="Bombs fell.", quad=4,
        merger="merger 1",
    )  # fmt: skip
    book.write_events([event], [Member("evt_1", r.id, r.article_id, 0.9, "same day") for r in (first, second)])
    return book


def exported(book: Casebook, capsys: Captured, *arguments: str) -> tuple[str, str]:
    assert run(["export", book.uri, *arguments]) == exits.OK
    captured = capsys.readouterr()
    return captured.out, captured.err


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_events_and_reports_that_none_holds(book: Casebook, capsys: Captured) -> None:
    out, err = exported(book, capsys, "-f", "csv")
    rows = table(out)
    assert err == ""
    assert len(rows) == 39
    assert [(r["reports"], r["made_by"]) for r in rows if r["id"] == "evt_1"] == [("2", "merger 1")]
    assert [r["day"] or "9999" for r in rows] == sorted(r["day"] or "9999" for r in rows)


def test_the_common_row_is_the_view(book: Casebook, capsys: Captured) -> None:
    shared = [c for c in book.query("SELECT * FROM events").columns if c in columns.TYPES and c != "disputed"]
    wanted = book.query(f"SELECT {', '.join(shared)} FROM events ORDER BY id")
    rows = sorted(table(exported(book, capsys, "-f", "csv")[0]), key=lambda r: r["id"])
    assert [tuple(r[c] for c in shared) for r in rows] == [
        tuple("" if v is None else str(v) for v in w) for w in wanted
    ]
    assert len(shared) > 35


@pytest.mark.parametrize("style", [acled_style, ucdp_style])
def test_the_styles_are_the_views(style: object, book: Casebook, capsys: Captured) -> None:
    name = str(style.__name__).rpartition(".")[2]
    view = book.query(f"SELECT * FROM events_{name} ORDER BY 1")
    rows = sorted(table(exported(book, capsys, "-f", name.replace("_", "-"))[0]), key=lambda r: next(iter(r.values())))
    assert list(rows[0]) == list(view.columns)
    assert [list(r.values()) for r in rows] == [["" if v is None else str(v) for v in row] for row in view]
    assert len(rows) > 3


@pytest.mark.parametrize(
    ("arguments", "sql"),
    [
        (("--type", "protest"), "type = 'PROTEST'"),
        (("--type", "ASSAULT/aerial,AID"), "type = 'AID' OR (type = 'ASSAULT' AND mode = 'aerial')"),
        (("--since", "2021-07-12"), "coalesce(last_day, first_day) >= DATE '2021-07-12'"),
        (("--until", "2021-07-11"), "coalesce(first_day, last_day) <= DATE '2021-07-11'"),
        (("--actor", "hey"), "actor = 'They'"),
        (("--country", "Austria"), "country = 'AUT'"),
        (("--bbox", "15,47,16,48"), "lat BETWEEN 47 AND 48 AND lon BETWEEN 15 AND 16"),
        (("--bbox", "170,-90,-170,90"), "false"),
        (("--min-sources", "2"), "sources >= 2"),
        (("--as-of", "1"), "false"),
    ],
)
def test_filters(arguments: tuple[str, ...], sql: str, book: Casebook, capsys: Captured) -> None:
    out, err = exported(book, capsys, "-f", "csv", *arguments)
    found = {r["id"] for r in table(out)}
    if arguments[0] == "--as-of":
        assert len(found) == 40
        return
    assert found == {id_ for (id_,) in book.query(f"SELECT id FROM events WHERE {sql}")}
    assert ("no happening matches" in err) == (not found)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_to_a_file(name: str, book: Casebook, capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "out"
    out, err = exported(book, capsys, "-f", name, "-o", str(path))
    assert out == ""
    assert path.stat().st_size > 100
    assert all(re.fullmatch(r"dateline: left out: \d+ of 39, .+", line) for line in err.splitlines())
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_binary_format_needs_a_file(book: Casebook, capsys: Captured) -> None:
    assert run(["export", book.uri, "-f", "xlsx"]) == exits.USAGE
    assert "--output" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("--type", "WAR"), ("--type", "AID/aerial"), ("--since", "July"), ("--bbox", "1,2,3"), ("--bbox", "0,50,1,40"),
     ("--country", "Ruritania")],
)  # fmt: skip
def test_wrong_arguments(arguments: tuple[str, ...], book: Casebook, capsys: Captured) -> None:
    assert run(["export", book.uri, "-f", "csv", *arguments]) == exits.USAGE
    assert arguments[0] in capsys.readouterr().err


def test_judgements_are_applied_and_filters_ask_what_they_made(book: Casebook, capsys: Captured) -> None:
    rejected, corrected, *_ = (r for r in book.reports() if r.type == "PROTEST")
    by, at = "reviewer", "2021-08-01T10:00:00Z"
    book.write_judgements(
        [
            Judgement("jud_1", "reject", rejected.id, by, at),
            Judgement("jud_2", "correct", corrected.id, by, at, field="type", value='"SANCTION/expel"'),
        ]
    )
    rows = table(exported(book, capsys, "-f", "csv")[0])
    assert len(rows) == 38
    assert rejected.id not in {r["id"] for r in rows}
    found = table(exported(book, capsys, "-f", "csv", "--type", "SANCTION")[0])
    assert [(r["id"], r["mode"], r["cameo"], r["judged"]) for r in found] == [(corrected.id, "expel", "16", "correct")]
    lines = exported(book, capsys, "-f", "jsonl", "--type", "SANCTION")[0].splitlines()
    assert json.loads(lines[0])["accounts"][0]["verdict"] == "correct"


def test_every_column_and_format_is_documented() -> None:
    section = DOCS.split("## The common row")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    assert sorted(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == sorted(columns.TYPES)
    formats = DOCS.split("## Formats")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `([\w-]+)` \|", formats, re.M)) == NAMES
