"""Fillers of roles end where what they name ends."""

from __future__ import annotations

import pytest

from dateline.reading.reader import _filler
from dateline.records import Span


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("the main market of", "the main market"),
        ("the president of the", "the president"),
        ("a delegation from", "a delegation"),
        ("the town of Zenda", "the town of Zenda"),
        ("Hentzau", "Hentzau"),
        ("of", "of"),
        ("three days after", "three days after"),
    ],
)
def test_a_filler_does_not_end_in_a_preposition(words: str, left: str) -> None:
    text = f"They met {words} again."
    start = text.index(words)
    found = _filler(Span.of(text, start, start + len(words)))
    assert found == Span.of(text, start, start + len(left))


def test_nothing_stays_nothing() -> None:
    assert _filler(None) is None
