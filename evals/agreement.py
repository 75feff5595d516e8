"""How far two annotators agree: the second one's record scored as if it were a coder's output.

usage: python -m evals.agreement CORPUS SECOND.gold.jsonl

CORPUS holds the first annotation of the same documents (*.texts.jsonl, *.gold.jsonl).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from evals.annotated import Annotated, read
from evals.located import joined, span_in
from evals.score import ROLES, score


def as_output(document: Annotated, gold: dict[str, Any]) -> dict[str, Any]:
    """An annotation record of a document in the shape of machine output."""

    def span(written: Any, sentence: int) -> dict[str, Any] | None:
        found = span_in(document, written, sentence)
        return {"start": found.start, "end": found.end} if found else None

    reports = []
    for event in gold["events"]:
        s = event["s"]
        fillers = {key: [b for x in event.get(role, []) if (b := span(x, s))] for role, key in ROLES.items()}
        report = {k: event.get(k) for k in ("type", "mode", "status")}
        reports.append({**report, "trigger": span(event["trigger"], s), **fillers})
    quotes = [{k: span(q.get(k), q["s"]) for k in ("content", "speaker")} for q in gold["quotes"]]
    return {"text": joined(document), "reports": reports, "quotes": quotes}


def main(argv: list[str]) -> None:
    """Command line."""
    second = {g["id"]: g for g in map(json.loads, Path(argv[1]).read_text(encoding="utf-8").splitlines())}
    documents = [d for d in read(Path(argv[0])) if d.id in second]
    figures = score(documents, {d.id: as_output(d, second[d.id]) for d in documents})
    print(f"{len(documents)} documents annotated twice")
    for layer, values in figures.items():
        print(f"{layer:11s}", "  ".join(f"{k} {v:.3f}" for k, v in values.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
