"""``dateline review`` and ``judgements`` over a real casebook, with scripted keys."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import click
import pytest

from dateline.cli import exits
from dateline.cli.app import run
from dateline.cli.card import drawn
from dateline.cli.judgements import judgements
from dateline.merging.model import Comparison
from dateline.merging.profile import profiles
from dateline.records import Coded, Judgement, Report
from dateline.review.queue import queue
from dateline.review.session import PAIR_KEYS, REPORT_KEYS, State
from dateline.store import Casebook
from tests.merging.samples import Told, told
from tests.review.samples import account, article, reports, singles
from tests.store.samples import CODER, code, document, with_reports

Captured = pytest.CaptureFixture[str]
DOCS = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
TEXT = "Gunmen killed 3 people in Strelsau. Others killed 2 in Zenda."


def coded(
    coder: str, change: Callable[[Report], Report] = lambda report: report
) -> Callable[[Iterable[object]], Iterable[object]]:
    """A fake ``code_all``."""
    return lambda items: (with_reports(code(item, coder), change) for item in items)  # type: ignore[arg-type]


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    """A casebook of one article with two reports."""
    book = Casebook.create(tmp_path / "book")
    book.code([document("a", TEXT, url="https://zenda.example/a")], coded(CODER), CODER)  # type: ignore[arg-type]
    return book


def keys(monkeypatch: pytest.MonkeyPatch, typed: Iterable[str]) -> None:
    """Let these be the keys that are pressed; after the last one comes Ctrl-C."""
    pressed = iter(typed)

    def getchar() -> str:
        try:
            return next(pressed)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(click, "getchar", getchar)


def rows(book: Casebook, capsys: Captured) -> list[dict[str, str]]:
    capsys.readouterr()
    assert run(["export", book.uri, "-f", "csv"]) == exits.OK
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_keys_become_rows_at_once(book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    keys(monkeypatch, ["t", *"coe/se", "\r", "a", "r", "u"])
    assert run(["review", book.uri, "--by", "Ana"]) == exits.OK
    captured = capsys.readouterr()
    assert "4 decisions are kept" in captured.err
    assert "Gunmen killed 3 people" in captured.out
    made = list(book.judgements())
    assert [(j.verdict, j.by, j.withdrawn) for j in made] == [
        ("correct", "Ana", False), ("accept", "Ana", False), ("reject", "Ana", True),
    ]  # fmt: skip
    assert book.version == 5
    assert sorted((r["type"], r["mode"], r["judged"]) for r in rows(book, capsys)) == [
        ("ASSAULT", "firearms", ""), ("COERCE", "seize", "accept; correct"),
    ]  # fmt: skip


def _doubt(monkeypatch: pytest.MonkeyPatch, *two: Told) -> None:
    """Merging that can just not decide about two reports, whatever its weights are."""
    shipped = Comparison.load()
    articles = {t.article.id: t.article for t in two}
    score = shipped.score(*profiles([t.report for t in two], articles, shipped.frequencies))
    monkeypatch.setattr(Comparison, "load", lambda: replace(shipped, threshold=score))


def test_a_pair_that_merging_doubts_is_shown_with_score_and_reason_and_told_apart(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Casebook.create(tmp_path / "pairs")
    market, school = (
        told(f"Reds bombed a {what} in Zenda.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda",
             first=f"2021-08-0{day}", published="2021-08-04", headline=f"A {what} in Zenda hit")
        for what, day in (("market", 3), ("school", 4))
    )  # fmt: skip
    for one in (market, school):
        book.commit([Coded(one.article.id, one.article, (one.report,))], coder=CODER)
    _doubt(monkeypatch, market, school)
    keys(monkeypatch, "dq")
    assert run(["review", book.uri]) == exits.OK
    out = " ".join(capsys.readouterr().out.split())
    assert re.search(r"1 of 3 scores 0\.\d\d, merging takes 0\.\d\d: same because both are ASSAULT, .*bomb", out)
    assert "Do these two tell of the same happening?" in out
    (made,) = book.judgements()
    assert (made.verdict, {made.subject, made.other}) == ("different", {market.report.id, school.report.id})
    keys(monkeypatch, "q")
    run(["review", book.uri])
    assert "1 of 2 confidence 0.90" in " ".join(capsys.readouterr().out.split())


def test_keys_that_come_at_once_are_taken_one_by_one(
    book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys(monkeypatch, ["d", "2021-07-01\x7f2", "\x1b[A", "\rn", "q"])
    run(["review", book.uri])
    (made,) = book.judgements()
    assert json.loads(made.value or "")["first"] == "2021-07-02"


def test_what_was_judged_is_not_asked_again(book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    keys(monkeypatch, "aaq")
    run(["review", book.uri])
    capsys.readouterr()
    assert run(["review", book.uri]) == exits.OK
    assert capsys.readouterr().err == "dateline: nothing is left to review here\n"


def test_judgements_survive_recoding_and_a_new_version_of_the_article(
    book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys(monkeypatch, ["t", *"protest/riot", "\r", "n", "r"])
    run(["review", book.uri])
    before = {r["id"] for r in rows(book, capsys)}

    def other_id(report: Report) -> Report:
        return replace(report, id=f"{report.id}_2", type="AID", mode=None)

    again = document("a", TEXT, url="https://zenda.example/a")
    book.code([again], coded("coder 2", other_id), "coder 2")  # type: ignore[arg-type]
    found = rows(book, capsys)
    assert [(r["type"], r["mode"], r["judged"]) for r in found] == [("PROTEST", "riot", "correct")]
    assert {r["id"] for r in found} != before
    edited = document("a", f"Correction: names. {TEXT} More is awaited.", url="https://zenda.example/a")
    assert book.code([edited], coded("coder 2"), "coder 2").seen == {"changed": 1}  # type: ignore[arg-type]
    moved = list(book.reports())
    assert [r.trigger.start for r in moved] != [TEXT.index("killed"), TEXT.rindex("killed")]
    capsys.readouterr()
    run(["judgements", "export", book.uri])
    assert [json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines()] == ["correct", "reject"]


def test_there_and_back(book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys(monkeypatch, "ar")
    run(["review", book.uri])
    file = str(tmp_path / "j.jsonl")
    assert run(["judgements", "export", book.uri, "-o", file]) == exits.OK
    other = Casebook.create(tmp_path / "other")
    other.code([document("a", TEXT, url="https://zenda.example/a")], coded(CODER), CODER)  # type: ignore[arg-type]
    assert run(["judgements", "import", other.uri, file]) == exits.OK
    assert list(other.judgements()) == list(book.judgements())
    assert rows(other, capsys) == rows(book, capsys)
    version = other.version
    assert run(["judgements", "import", other.uri, file]) == exits.OK
    assert "0 judgements are new, 2 were known" in capsys.readouterr().err
    assert other.version == version


def test_bad_lines_and_judgements_of_nothing_are_told(book: Casebook, capsys: Captured, tmp_path: Path) -> None:
    good = {"id": "jud_1", "verdict": "reject", "subject": "rep_gone", "by": "Ana", "at": "2021-08-01"}
    file = tmp_path / "j.jsonl"
    file.write_text(f"{json.dumps(good)}\nnonsense\n")
    assert run(["judgements", "import", book.uri, str(file)]) == exits.SOME_FAILED
    err = capsys.readouterr().err
    assert "j.jsonl:2" in err
    assert "jud_1 (reject) is not applied: there is no report or event rep_gone any more" in err
    file.write_text("nonsense\n")
    assert run(["judgements", "import", book.uri, str(file)]) == exits.NOTHING_CODED


def test_annotated_documents(book: Casebook, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys(monkeypatch, "a")
    run(["review", book.uri])
    folder = tmp_path / "annotated"
    capsys.readouterr()
    assert run(["judgements", "export", book.uri, "--annotated", str(folder)]) == exits.OK
    err = capsys.readouterr().err
    assert "0 annotated documents" in err
    assert "left out: 1 articles, some of whose reports nobody judged" in err
    keys(monkeypatch, "r")
    run(["review", book.uri])
    run(["judgements", "export", book.uri, "--annotated", str(folder)])
    (text,) = (json.loads(line) for line in (folder / "reviewed.texts.jsonl").read_text().splitlines())
    (gold,) = (json.loads(line) for line in (folder / "reviewed.gold.jsonl").read_text().splitlines())
    assert text["sentences"][1:] == ["Gunmen killed 3 people in Strelsau.", "Others killed 2 in Zenda."]
    assert [e["trigger"] for e in gold["events"]] == ["killed"]


def test_an_event_of_several_is_drawn_with_what_it_belongs_to() -> None:
    from rich.console import Console

    shot, _, back = reports()
    items = queue(singles(shot, back))
    pair = replace(items[0], other=account(replace(shot, id="rep_x", article_id="art_2")))
    console = Console(width=80, record=True, file=io.StringIO())
    for state in (State((pair,)), State((items[0],), asking="date", typed="2021"), State(())):
        console.print(drawn(state))
    out = console.export_text()
    assert "Do these two tell of the same happening?" in out
    assert "nothing for unknown: 2021▏" in out
    assert "That was the last one." in out
    assert article().headline in out.replace("\n", " ")  # type: ignore[operator]


def test_text_of_others_is_no_markup() -> None:
    from rich.console import Console

    (happening,) = singles(reports()[0])
    account = happening.accounts[0]
    evil = replace(happening, accounts=(replace(account, publisher="[red]Times[/red]", headline="[/] \x1b[2J"),))
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(drawn(State(tuple(queue([evil])))))
    out = console.export_text()
    assert "[red]Times[/red]" in out
    assert "\x1b" not in out


def test_every_key_and_option_is_documented() -> None:
    keys_of = {*REPORT_KEYS, *PAIR_KEYS}
    table = DOCS.split("| key | what it does |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w)`", table)) == keys_of
    section = DOCS.split("## `dateline judgements`")[1].split("\n## ")[0]
    options = {o for c in judgements.commands.values() for p in c.params if isinstance(p, click.Option) for o in p.opts}
    assert {o for o in options if f"`{o}`" not in section and f"{o} " not in section} == set()
    fields = set(re.findall(r"`(\w+)`", DOCS.split("## A judgement")[1].split("How they")[0]))
    assert set(Judgement.__dataclass_fields__) <= fields
