"""Where did this event happen? The reader's place role against event_location (Halterman 2019).

usage: python -m evals.event_place FILE.jsonl.gz [--weights FOLDER]

Given the verb, the places of the sentence that the reader ties to it are compared with the annotated ones: spans that
overlap by half of the shorter one count. Only the tenth of the sentences that training leaves out is measured, and of
it those that do not stand among the others with another blank in them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.reading import decode
from dateline.reading.network import WEIGHTS, Network
from dateline.reading.windows import BUDGET
from dateline.reading.wordpiece import WordPiece
from evals.score import prf
from training.heldout import held_out

Bounds = tuple[int, int]


class PlaceReader:
    """Network and tokenizer of the reader, asked for the places of one verb."""

    def __init__(self, weights: Path) -> None:
        self._network = Network(weights)
        self._limit = float(self._network.meta.get("thresholds", {}).get("place", 0.5))
        self._tokenizer = WordPiece.load(weights / "tokenizer.json")

    def places(self, text: str, verb: Bounds) -> list[Bounds]:
        """Characters of the places that the reader ties to the verb."""
        encoded = self._tokenizer.encode(text)
        offsets = encoded.offsets[:BUDGET]
        at = next((k for k, (s, e) in enumerate(offsets) if s < verb[1] and verb[0] < e), None)
        if at is None:
            return []
        window = self._network.window(list(encoded.ids[:BUDGET]))
        found = decode.roles(self._network.table(window, at, (0, len(offsets))), 0, {"place": self._limit})["place"]
        return [(offsets[a][0], offsets[b - 1][1]) for (a, b), _ in found]


def measured(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with a verb that training leaves out, and whose sentence no other row gives it, white space aside."""
    trained = {" ".join(row["text"].split()) for row in rows if not held_out(row["text"])}
    kept = (row for row in rows if held_out(row["text"]) and " ".join(row["text"].split()) not in trained)
    return [row for row in kept if _labelled(row, "VERB")]


def _labelled(row: dict[str, Any], label: str) -> list[Bounds]:
    return [(s["start"], s["end"]) for s in row["spans"] if s["label"] == label]


def _half(one: Bounds, other: Bounds) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 >= min(one[1] - one[0], other[1] - other[0]) and shared > 0


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.event_place", description=(__doc__ or "").split("\n")[0])
    p.add_argument("file", type=Path)
    p.add_argument("--weights", type=Path, default=WEIGHTS)
    a = p.parse_args()
    reader = PlaceReader(a.weights)
    with gzip.open(a.file, "rt", encoding="utf-8") as lines:
        rows = measured([json.loads(line) for line in lines])
    hit = system = gold = exact = 0
    for row in rows:
        want, got = _labelled(row, "LOCATION"), reader.places(row["text"], _labelled(row, "VERB")[0])
        matched = sum(any(_half(w, g) for g in got) for w in want)
        hit, system, gold = hit + matched, system + len(got), gold + len(want)
        exact += matched == len(want) == len(got)
    figures = prf(hit, system, gold)
    print(f"{len(rows)} verbs  all right {exact / len(rows):.3f} ", *(f"{k} {v:.3f}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
