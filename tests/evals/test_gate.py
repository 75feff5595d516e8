"""The evaluation gate on the held-out part of our own corpus: no figure may sink below its pinned floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading.network import WEIGHTS
from evals import gate

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "evals" / "floors" / "corpus.json"
pytestmark = pytest.mark.skipif(not (WEIGHTS / "reader.onnx").exists(), reason="the reader's weights are not here")


def test_no_figure_sinks_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    sunk = gate.main([str(ROOT / "corpus"), "--development", "--floors", str(FLOORS)])
    assert sunk == 0, capsys.readouterr().out


def test_a_floor_above_the_figure_fails_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("texts", "gold"):
        lines = (ROOT / "corpus" / f"regional.{kind}.jsonl").read_text(encoding="utf-8").splitlines()[:3]
        (tmp_path / f"few.{kind}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    floors = tmp_path / "floors.json"
    floors.write_text('{"trigger": 1.01}', encoding="utf-8")
    assert gate.main([str(tmp_path), "--floors", str(floors), "--fit", str(tmp_path)]) == 1
    assert "SUNK" in capsys.readouterr().out
