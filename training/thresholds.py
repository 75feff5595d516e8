"""Choose the reader's thresholds and calibrate its confidence on held-out documents, and write them to meta.json.

Run ``python -m training.thresholds WEIGHTS FOLDER [FOLDER …]``. Each role's threshold and the quotes' are those of a
small grid with the best F1, of equals the highest; the trigger's is that with the best sum of trigger and type F1, on
the development documents of all folders together; the figures of those documents are therefore a little kind. The
calibration is logistic (Platt 1999), fitted there too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.reading.labels import EVENT_ROLES, QUOTE_ROLES
from dateline.reading.reader import Reader
from dateline.records import Article, EventMention, Span
from evals.annotated import Annotated, read
from evals.calibration import platt
from evals.score import ROLES, Figures, score, verdicts
from training.heldout import development

TRIGGERS = (0.3, 0.4, 0.5, 0.6, 0.7)
_ALIKE = 0.002
FILLERS = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75)


def article(document: Annotated) -> Article:
    """A document as an article without metadata: the title and the sentences as paragraphs."""
    text = "\n\n".join(document.sentences)
    spans, at = [], 0
    for sentence in document.sentences:
        spans += [Span.of(text, at, at + len(sentence))] if sentence else []
        at += len(sentence) + 2
    return Article(document.id, text, headline_span=spans[0], paragraphs=tuple(spans[1:]))


def output(reader: Reader, document: Annotated) -> dict[str, Any]:
    """What the reader alone makes of a document, in the shape that the scorer takes."""
    found = article(document)
    reading = reader.read(found)
    reports = [_report(event) for event in reading.events]
    quotes = [
        {"content": _bounds(q.content), "speaker": _bounds(q.speaker) if q.speaker else None} for q in reading.quotes
    ]
    return {"text": found.text, "reports": reports, "quotes": quotes}


def _report(event: EventMention) -> dict[str, Any]:
    fillers = {key: [_bounds(s) for s in event.roles.get(role, ())] for role, key in ROLES.items()}
    labels = {k: getattr(event, k) for k in ("type", "mode", "status", "confidence")}
    return {**labels, "trigger": _bounds(event.trigger), **fillers}


def _bounds(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def figures(weights: Path, meta: Mapping[str, Any], documents: list[Annotated]) -> Figures:
    """Scores of the documents with the weights under these settings."""
    (weights / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    reader = Reader.load(weights)
    return score(documents, {d.id: output(reader, d) for d in documents})


def choose(weights: Path, documents: list[Annotated]) -> dict[str, float]:
    """The threshold of each part, the trigger's first."""
    meta = json.loads((weights / "meta.json").read_text(encoding="utf-8"))
    meta.pop("calibration", None)
    best = {"trigger": max(TRIGGERS, key=lambda t: _found_and_typed(weights, meta, documents, t))}
    grid = {t: figures(weights, {**meta, "thresholds": {**best, **_all(t)}}, documents) for t in FILLERS}
    for role in EVENT_ROLES:
        if role in ROLES:
            best[role] = _highest({t: grid[t][role]["f1"] for t in FILLERS})
    quote = _highest({t: grid[t]["quote"]["f1"] for t in FILLERS})
    return {**best, **dict.fromkeys(QUOTE_ROLES, quote)}


def _highest(found: Mapping[float, float]) -> float:
    """The highest of the thresholds that are as good as the best: what differs by so little is chance, and fewer
    fillers are wrong."""
    return max(t for t, f1 in found.items() if f1 >= max(found.values()) - _ALIKE)


def _all(threshold: float) -> dict[str, float]:
    return dict.fromkeys((*EVENT_ROLES, *QUOTE_ROLES), threshold)


def _found_and_typed(weights: Path, meta: Mapping[str, Any], documents: list[Annotated], threshold: float) -> float:
    """Trigger and type count alike: a report of the neighbouring type is worth more than none."""
    found = figures(weights, {**meta, "thresholds": {"trigger": threshold}}, documents)
    return found["trigger"]["f1"] + found["type"]["f1"]


def judged(reader: Reader, documents: list[Annotated]) -> Iterator[tuple[float, bool]]:
    """Confidence and correctness of every report."""
    for document in documents:
        out = output(reader, document)
        for report, right in zip(out["reports"], verdicts(document, out), strict=True):
            yield report["confidence"], right


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m training.thresholds", description=(__doc__ or "").split("\n")[0])
    p.add_argument("weights", type=Path)
    p.add_argument("folders", type=Path, nargs="+")
    a = p.parse_args()
    documents = [d for folder in a.folders for d in development(read(folder))]
    thresholds = choose(a.weights, documents)
    meta = json.loads((a.weights / "meta.json").read_text(encoding="utf-8"))
    figures(a.weights, {**meta, "thresholds": thresholds}, documents)
    slope, offset = platt(list(judged(Reader.load(a.weights), documents)))
    meta = {**meta, "thresholds": thresholds, "calibration": [round(slope, 4), round(offset, 4)]}
    for layer, values in figures(a.weights, meta, documents).items():
        print(f"{layer:11s}", "  ".join(f"{k} {v:.3f}" for k, v in values.items()))
    print(json.dumps({k: meta[k] for k in ("thresholds", "calibration")}))


if __name__ == "__main__":
    main()
