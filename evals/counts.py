"""Counts on annotated documents: exact bounds and kind, given the spans, the types and the modes.

usage: python -m evals.counts FOLDER [-v]     (FOLDER holds *.texts.jsonl and *.gold.jsonl)
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.records import Span
from dateline.resolving.counts import read_count
from evals.annotated import read
from evals.located import joined, span_in


def cases(folder: Path) -> Iterator[tuple[Span, Span, str, str, str, dict[str, Any]]]:
    """(count span, trigger span, text, mode, type, annotated count) of every count that is found in its sentence."""
    for document in read(folder):
        for event in document.gold["events"]:
            for count in event["counts"]:
                span = span_in(document, count["text"], event["s"])
                trigger = span_in(document, event["trigger"], event["s"])
                if span and trigger:
                    yield span, trigger, joined(document), event["mode"], event["type"], count


def main(folder: Path, verbose: bool) -> None:
    """Print accuracy of bounds and kind, and the misses when asked."""
    n: Counter[str] = Counter()
    for span, trigger, text, mode, event_type, gold in cases(folder):
        got = read_count(span, trigger, text, mode, event_type)
        right = {
            "low": got is not None and got.low == gold["low"],
            "high": got is not None and got.high == gold["high"],
            "of": got is not None and got.of == gold["of"],
        }
        n.update(k for k, v in right.items() if v)
        n["bounds"] += right["low"] and right["high"]
        n["all"] += 1
        if verbose and not all(right.values()):
            print(gold, "| got", got and (got.of, got.low, got.high))
    for key in ("low", "high", "bounds", "of"):
        print(f"{key:7} {n[key] / max(1, n['all']):.3f}  ({n[key]} of {n['all']})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "-v" in sys.argv)
