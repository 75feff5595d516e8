"""``dateline merge`` from arguments to exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli import exits
from dateline.cli.app import run
from dateline.merging import model
from dateline.records import Coded, Document
from dateline.store import Casebook
from tests.store.test_merging import CODER, FIRST

Captured = pytest.CaptureFixture[str]


def fill(folder: Path, count: int) -> None:
    book = Casebook.create(folder)
    book.commit(
        [(Document(t.article.id, t.article.text.encode(), "text/plain"), Coded(t.article.id, t.article, (t.report,)))
         for t in FIRST[:count]], coder=CODER,
    )  # fmt: skip


def merged(folder: Path, capsys: Captured) -> tuple[int, str]:
    code = run(["merge", str(folder)])
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err


def test_merge_tells_what_it_did(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "book"
    Casebook.create(folder)
    assert merged(folder, capsys) == (
        exits.OK, f"dateline: {folder} is empty; fill it with: dateline code INPUT... --into {folder}\n",
    )  # fmt: skip
    fill(folder, 2)
    assert merged(folder, capsys) == (
        exits.OK, f"dateline: {folder}: version 2: 2 new reports, 2 looked at; events new or changed: 1\n",
    )  # fmt: skip
    assert merged(folder, capsys) == (exits.OK, f"dateline: {folder}: nothing new since the last merging\n")
    fill(folder, 3)
    assert merged(folder, capsys) == (
        exits.OK, f"dateline: {folder}: version 4: 1 new reports, 3 looked at; events new or changed: 1\n",
    )  # fmt: skip


def test_what_cannot_be_merged(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    code, err = merged(tmp_path, capsys)
    assert code == exits.NOT_FIT
    assert "no casebook" in err
    fill(tmp_path / "book", 1)
    broken = tmp_path / "weights.json"
    broken.write_text('{"version": "1", "within": {}}')
    for path in (broken, tmp_path / "none.json"):
        loaded = model.Comparison.load
        monkeypatch.setattr(model.Comparison, "load", lambda path=path, loaded=loaded: loaded(path))
        code, err = merged(tmp_path / "book", capsys)
        monkeypatch.undo()
        assert code == exits.NOT_FIT
        assert f"the weights of merging in {path} cannot be loaded" in err
        assert "reinstall dateline" in err
