"""What the places of verbs are measured on was not trained on, not even with another blank in it."""

from __future__ import annotations

from typing import Any

from evals.event_place import measured
from training.heldout import held_out

VERB = [{"label": "VERB", "start": 7, "end": 13}]


def _row(text: str) -> dict[str, Any]:
    return {"text": text, "spans": VERB}


def test_a_sentence_that_training_has_with_another_blank_is_not_measured() -> None:
    texts = [f"Gunmen killed {n} men in Zenda." for n in range(200)]
    kept, trained = [t for t in texts if held_out(t)], [t for t in texts if not held_out(t)]
    assert kept
    assert trained
    assert [r["text"] for r in measured([*map(_row, texts)])] == kept
    again = next(kept[0] + " " * n for n in range(1, 99) if not held_out(kept[0] + " " * n))
    assert [r["text"] for r in measured([*map(_row, texts), _row(again)])] == kept[1:]
