"""What doctor finds, and finds missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli import doctor, exits
from dateline.cli.app import run


def test_reports_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["doctor"])
    out, err = capsys.readouterr()
    names = {line.split()[1] for line in out.splitlines()}
    assert {"dateline", "click", "onnxruntime", "HTML", "reader", "actor", "gazetteer", "time", "demo"} <= names
    missing = [line for line in out.splitlines() if line.startswith("missing")]
    assert code == (exits.NOT_FIT if missing else exits.OK)
    assert len(err.splitlines()) == len(missing)


def test_missing_weights_are_told_with_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.reading.network.WEIGHTS", tmp_path)
    assert run(["doctor"]) == exits.NOT_FIT
    out, err = capsys.readouterr()
    assert any(line.startswith("missing  reader") for line in out.splitlines())
    assert "reader: install dateline again" in err


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["no-such-package-of-ours>=1", "nor-this; extra == 'casebook'", "other; extra == 'dev'"]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: wanted)
    needed, optional = doctor._packages()
    assert (needed.name, needed.cure) == ("no-such-package-of-ours", "pip install 'no-such-package-of-ours>=1'")
    assert (optional.name, optional.cure, optional.optional) == ("nor-this", None, True)


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr("dateline.lexicon.gazetteer.shipped_is_current", lambda: False)
    (finding,) = doctor._cache()
    assert finding.cure is not None
    assert "DATELINE_CACHE" in finding.cure
