"""The scorer of article bodies on bodies whose figures are counted by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals.extraction import Match, figures, main, match, shingles


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("a b", 1), ("a b c d", 1), ("a b c d e", 2), ("a a a a a", 2), ("a, b. c - d!", 1)]
)
def test_shingles(text: str, count: int) -> None:
    assert shingles(text).total() == count


@pytest.mark.parametrize(
    ("truth", "output", "expected"),
    [
        ("a b c d e", "a b c d e", Match(2, 0, 0)),
        ("a b c d e", "a b c d", Match(1, 0, 1)),
        ("a b c d", "a b c d e f", Match(1, 2, 0)),
        ("a b c d", "", Match(0, 0, 1)),
        ("a a a a", "a a a a a", Match(1, 1, 0)),
    ],
)
def test_match(truth: str, output: str, expected: Match) -> None:
    assert match(truth, output) == expected


def test_figures_are_means_over_pages() -> None:
    found = figures([Match(2, 2, 0), Match(3, 0, 1), Match(0, 0, 5)])
    assert found["precision"] == pytest.approx((0.5 + 1.0) / 2)
    assert found["recall"] == pytest.approx((1.0 + 0.75 + 0.0) / 3)
    assert found["accuracy"] == 0.0
    assert figures([])["F1"] == 0.0


def test_a_folder_is_scored_and_the_exit_status_tells_who_leads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = [f"The army said on Monday that it had left town number {n} after nine days of shelling." for n in range(9)]
    markup = "<h1>Army leaves towns</h1>" + "".join(f"<p>{text}</p>" for text in body)
    page = f"<html><head><title>Army leaves towns</title></head><body><article>{markup}</article></body></html>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "one.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"one": {"articleBody": "\n".join(body)}}))
    assert main([str(tmp_path)]) == 0
    assert "dateline          F1 1.0000" in capsys.readouterr().out
